import { setTimeout as pause } from 'node:timers/promises';
import type { SentinelProgram } from '../../test/sentinel-program.ts';
import { addTallies, type ItemTally, NO_ITEMS } from '../pipeline/item-tally.ts';
import type { Sink } from '../pipeline/sink.ts';
import type { SteadyLoad } from './load.ts';
import { owedBytes } from './watch.ts';

export interface Counted {
  readonly acknowledged: number;
  /** Items acknowledged and not at the sink; negative: some are there twice. NaN: the number is right and the content is not. */
  readonly lost: number;
  readonly unscored: number;
  /** Requests that were not acknowledged. */
  readonly refused: readonly string[];
}

interface BooksParts {
  readonly program: SentinelProgram;
  readonly loads: readonly SteadyLoad[];
  readonly telemetry: Sink;
  readonly findings: Sink;
}

const SETTLE_MS = 120_000;

/** Empties the sinks all along, so that they hold nothing, and compares at the end. */
export function settledBooks({ program, loads, telemetry, findings }: BooksParts) {
  const arrived = new Map<SteadyLoad, ItemTally>();
  const collect = (): void => {
    for (const load of loads) {
      const { signal } = load.kind;
      arrived.set(load, addTallies(arrived.get(load) ?? NO_ITEMS, telemetry.take(signal).tally));
      findings.take(signal);
    }
  };
  const collecting = setInterval(collect, 1000);

  return {
    /** Waits until the log holds nothing. */
    async close(): Promise<Counted> {
      const until = performance.now() + SETTLE_MS;
      while ((await owedBytes(program)) > 0 && performance.now() < until) await pause(500);
      clearInterval(collecting);
      collect();
      const losses = loads.map((load) => lostOf(load.acknowledged, arrived.get(load) ?? NO_ITEMS));
      return {
        acknowledged: loads.reduce((sum, { acknowledged }) => sum + acknowledged.count, 0),
        lost: losses.reduce((sum, each) => sum + each, 0),
        unscored: await program.metric('sentinel_unscored_items_total'),
        refused: loads.flatMap(({ refused, lastRefusal, kind }) =>
          refused === 0 ? [] : [`${refused} requests of ${kind.signal} were refused: ${lastRefusal}`],
        ),
      };
    },
  };
}

function lostOf(expected: ItemTally, arrived: ItemTally): number {
  if (expected.count !== arrived.count) return expected.count - arrived.count;
  return expected.low === arrived.low && expected.high === arrived.high ? 0 : NaN;
}

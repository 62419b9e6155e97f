import { setTimeout as pause } from 'node:timers/promises';
import { createCollector } from '../../src/runtime/young-generation.ts';
import type { BodySource } from './bodies.ts';
import { type Case, inFlightOf, requestsOf } from './cases.ts';
import { openSender, quantileOf, sendAll, sendSteadily } from './drive.ts';
import { addTallies, type ItemTally, NO_ITEMS } from './item-tally.ts';
import { cpuSeconds, peakMemoryMib } from './process-cost.ts';
import type { Ports } from './program-configs.ts';
import { type ProgramName, startProgram } from './programs.ts';
import type { Sink } from './sink.ts';

export interface RunPlan {
  readonly one: Case;
  readonly name: ProgramName;
  readonly source: BodySource;
  readonly sink: Sink;
  readonly ports: Ports;
  readonly collector: string;
  readonly profile: string;
  /** Measure the added delay too. */
  readonly delay: boolean;
}

export interface RunResult {
  readonly itemsPerCpuSecond: number;
  readonly itemsPerSecond: number;
  readonly rssMib: number;
  /** Acknowledged and not at the sink. NaN when counts agree and contents do not. */
  readonly lost: number;
  /** At the sink, and never sent or sent once less. */
  readonly extra: number;
  /** Attempts of Sentinel that came to no answer or a bad one, and were made again: what may be there twice. */
  readonly sentAgain: number;
  /** While it was measured; while it warmed up, newcomers wait for their admission. */
  readonly unscored: number;
  readonly unscoredBefore: number;
  /** Both by reason, where there are any. */
  readonly unscoredBy: Readonly<Record<string, number>>;
  readonly addedMsP99: number;
  /** Requests that were told to come back in all rounds, and came back. */
  readonly refusals: number;
}

/** Time in which a queue that acknowledges early comes to its end. */
const SETTLE_MS = 20_000;
/** All bodies once a round: rounds in which the program gets to its speed, and rounds that are measured. */
const WARM_ROUNDS = 2;
const ROUNDS = 3;
const DELAY_ROUNDS = 3;
const collectGarbage = createCollector();

/** One program, one case: some rounds of the bodies to warm up, the others measured, dated anew in each. */
export async function runCase(plan: RunPlan): Promise<RunResult> {
  const { one, name, source, sink, ports, collector, profile } = plan;
  let arrived = NO_ITEMS;
  const program = await startProgram({ name, one, ports, collector, profile });
  try {
    const sender = await openSender(ports, one);
    let [expected, items, cpu, seconds, refusals] = [NO_ITEMS, 0, 0, 0, 0];
    let unscoredBefore = 0;
    for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
      if (round === WARM_ROUNDS) unscoredBefore = sumOf(unscoredItems(await booksOf(plan), one));
      const load = source.load(0, requestsOf(one), one.compression);
      const before = cpuSeconds(program.pid);
      const sent = await sendAll(sender, load, inFlightOf(one));
      expected = addTallies(expected, load.tally);
      arrived = await settle(sink, one, { arrived, expected: expected.count });
      refusals += sent.refusals;
      if (round < WARM_ROUNDS) continue;
      cpu += cpuSeconds(program.pid) - before;
      seconds += sent.seconds;
      items += load.items;
    }
    sender.close();
    const books = await booksOf(plan);
    const unscoredBy = unscoredItems(books, one);
    const itemsPerSecond = items / seconds;
    const addedMsP99 = plan.delay ? await addedDelay(plan, itemsPerSecond / one.items / 2) : NaN;
    return {
      itemsPerCpuSecond: items / cpu,
      itemsPerSecond,
      rssMib: peakMemoryMib(program.pid),
      ...differenceOf(expected, arrived),
      sentAgain: valuesOf(books, 'sentinel_forward_sends_total', 'outcome="retry"').reduce((sum, [, n]) => sum + n, 0),
      unscored: sumOf(unscoredBy) - unscoredBefore,
      unscoredBefore,
      unscoredBy,
      addedMsP99,
      refusals,
    };
  } finally {
    await program.stop();
  }
}

async function settle(sink: Sink, { signal }: Case, so: { arrived: ItemTally; expected: number }): Promise<ItemTally> {
  let arrived = addTallies(so.arrived, sink.take(signal).tally);
  const { expected } = so;
  for (const until = Date.now() + SETTLE_MS; arrived.count < expected && Date.now() < until;) {
    await pause(50);
    arrived = addTallies(arrived, sink.take(signal).tally);
  }
  return arrived;
}

function differenceOf(expected: ItemTally, arrived: ItemTally): { lost: number; extra: number } {
  const missing = expected.count - arrived.count;
  const isSame = expected.low === arrived.low && expected.high === arrived.high;
  return { lost: missing === 0 && !isSame ? NaN : Math.max(0, missing), extra: Math.max(0, -missing) };
}

/**
 * Half the rate that was just reached, through the program and straight to the sink: each body once, a second and more. The
 * median of some rounds, and without garbage of the load itself, since one pause of its own is a p99.
 */
async function addedDelay({ one, source, sink, ports }: RunPlan, perSecond: number): Promise<number> {
  const added: number[] = [];
  for (let round = 0; round < DELAY_ROUNDS; round++) {
    const { bodies } = source.load(0, requestsOf(one), one.compression);
    collectGarbage('major');
    const through = await sendSteadily(ports, one, bodies, perSecond);
    sink.take(one.signal);
    collectGarbage('major');
    const straight = await sendSteadily({ http: sink.httpPort, grpc: sink.grpcPort }, one, bodies, perSecond);
    await pause(100);
    sink.take(one.signal);
    added.push(quantileOf(through, 0.99) - quantileOf(straight, 0.99));
  }
  return quantileOf(
    added.sort((a, b) => a - b),
    0.5,
  );
}

/** Sentinel's own metrics. */
async function booksOf({ name, ports }: RunPlan): Promise<string> {
  return name === 'sentinel' ? await (await fetch(`http://127.0.0.1:${ports.api}/metrics`)).text() : '';
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Labels and value of each sample that has this label. */
function valuesOf(books: string, name: string, label: string): (readonly [string, number])[] {
  return [...books.matchAll(new RegExp(`^${name}\\{([^}]*)\\} (\\d+)`, 'gm'))]
    .map(([, labels = '', value]) => [labels, Number(value)] as const)
    .filter(([labels]) => labels.includes(label));
}

/** By reason, as Sentinel counts them; also requests that were forwarded and could not be read at all. */
function unscoredItems(books: string, { signal }: Case): Record<string, number> {
  const counted = ['sentinel_unscored_items_total', 'sentinel_intake_unread_total']
    .flatMap((name) => valuesOf(books, name, `signal="${signal}"`))
    .filter(([, value]) => value > 0)
    .map(([labels, value]) => [/reason="([^"]*)"/.exec(labels)?.[1] ?? 'unread', value] as const);
  return Object.fromEntries(counted);
}

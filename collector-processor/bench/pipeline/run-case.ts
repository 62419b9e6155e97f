import { setTimeout as pause } from 'node:timers/promises';
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
  /** Acknowledged and not at the sink; negative when some are there twice. NaN when counts agree and contents do not. */
  readonly lost: number;
  readonly unscored: number;
  readonly addedMsP99: number;
}

/** Time in which a queue that acknowledges early comes to its end. */
const SETTLE_MS = 20_000;
/** All bodies once a round: rounds in which the program gets to its speed, and rounds that are measured. */
const WARM_ROUNDS = 2;
const ROUNDS = 3;
/** Requests while the delay is measured. */
const DELAY_REQUESTS = 800;

/** One program, one case: some rounds of the bodies to warm up, the others measured, dated anew in each. */
export async function runCase(plan: RunPlan): Promise<RunResult> {
  const { one, name, source, sink, ports, collector, profile } = plan;
  let arrived = NO_ITEMS;
  const program = await startProgram({ name, one, ports, collector, profile });
  try {
    const sender = await openSender(ports, one);
    let [expected, items, cpu, seconds] = [NO_ITEMS, 0, 0, 0];
    for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
      const load = source.load(0, requestsOf(one), one.compression);
      const before = cpuSeconds(program.pid);
      const took = await sendAll(sender, load, inFlightOf(one));
      expected = addTallies(expected, load.tally);
      arrived = await settle(sink, one, { arrived, expected: expected.count });
      if (round < WARM_ROUNDS) continue;
      cpu += cpuSeconds(program.pid) - before;
      seconds += took;
      items += load.items;
    }
    sender.close();
    const unscored = name === 'sentinel' ? await unscoredItems(ports.api, one) : 0;
    const itemsPerSecond = items / seconds;
    const addedMsP99 = plan.delay ? await addedDelay(plan, itemsPerSecond / one.items / 2) : NaN;
    return {
      itemsPerCpuSecond: items / cpu,
      itemsPerSecond,
      rssMib: peakMemoryMib(program.pid),
      lost: lostOf(expected, arrived),
      unscored,
      addedMsP99,
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

function lostOf(expected: ItemTally, arrived: ItemTally): number {
  if (expected.count !== arrived.count) return expected.count - arrived.count;
  return expected.low === arrived.low && expected.high === arrived.high ? 0 : NaN;
}

/** Half the rate that was just reached, through the program and straight to the sink. */
async function addedDelay({ one, source, sink, ports }: RunPlan, perSecond: number): Promise<number> {
  const count = Math.min(DELAY_REQUESTS, requestsOf(one));
  const { bodies } = source.load(0, count, one.compression);
  const through = await sendSteadily(ports, one, bodies, perSecond);
  const straight = await sendSteadily({ http: sink.httpPort, grpc: sink.grpcPort }, one, bodies, perSecond);
  await pause(300);
  sink.take(one.signal);
  return quantileOf(through, 0.99) - quantileOf(straight, 0.99);
}

async function unscoredItems(api: number, { signal }: Case): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${api}/metrics`)).text();
  return [...text.matchAll(/^sentinel_unscored_items_total\{([^}]*)\} (\d+)/gm)]
    .filter(([, labels]) => labels?.includes(`signal="${signal}"`))
    .reduce((sum, [, , value]) => sum + Number(value), 0);
}

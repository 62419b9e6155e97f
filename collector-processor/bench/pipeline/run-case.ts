import { setTimeout as pause } from 'node:timers/promises';
import type { BodySource } from './bodies.ts';
import { type Case, inFlightOf, requestsOf } from './cases.ts';
import { openSender, quantileOf, sendAll, sendSteadily } from './drive.ts';
import { addTallies, type ItemTally } from './item-tally.ts';
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
/** Requests while the delay is measured. */
const DELAY_REQUESTS = 800;

/** One program, one case: a third of the bodies to warm up, the others measured, each sent once. */
export async function runCase(plan: RunPlan): Promise<RunResult> {
  const { one, name, source, sink, ports, collector } = plan;
  const requests = requestsOf(one);
  const program = await startProgram({ name, one, ports, collector });
  try {
    const sender = await openSender(ports, one);
    const warm = source.load(0, Math.floor(requests / 2), one.compression);
    await sendAll(sender, warm, inFlightOf(one));
    const load = source.load(Math.floor(requests / 2), Math.floor(requests * 1.5), one.compression);
    const before = cpuSeconds(program.pid);
    const seconds = await sendAll(sender, load, inFlightOf(one));
    const expected = addTallies(warm.tally, load.tally);
    const arrived = await settle(sink, one, expected.count);
    const cpu = cpuSeconds(program.pid) - before;
    sender.close();
    const unscored = name === 'sentinel' ? await unscoredItems(ports.api, one) : 0;
    const itemsPerSecond = load.items / seconds;
    const addedMsP99 = plan.delay ? await addedDelay(plan, itemsPerSecond / one.items / 2) : NaN;
    return {
      itemsPerCpuSecond: load.items / cpu,
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

async function settle(sink: Sink, { signal }: Case, expected: number): Promise<ItemTally> {
  let arrived = sink.take(signal).tally;
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

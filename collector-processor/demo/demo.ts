import { once } from 'node:events';
import type { Clock } from '../src/runtime/clock.ts';
import { messageOf } from '../src/runtime/errors.ts';
import { createControlServer } from './control/control-server.ts';
import { createOrders } from './control/orders.ts';
import { listenToTyping } from './control/typed-orders.ts';
import { createDirector } from './director/director.ts';
import { planSchedule } from './director/schedule.ts';
import { createAnnotationReader } from './findings/grafana-annotations.ts';
import { judgeIncidents } from './findings/judge-incidents.ts';
import { createScoreboard, type Scoreboard } from './findings/scoreboard.ts';
import type { DemoOptions } from './options.ts';
import { serviceNames } from './shop/topology.ts';
import { raiseStage, type Stage } from './stage.ts';
import type { Surroundings } from './surroundings.ts';
import { seconds } from './terminal/describe.ts';
import { introduction } from './terminal/introduction.ts';
import { reportJson, type RunFacts } from './terminal/report-json.ts';
import { renderReport } from './terminal/report.ts';
import { watchFindings, type WatchOptions } from './watch-findings.ts';

/** Why the demo ended when nobody asked for it. */
const BROKEN = 'a part of the demo failed';

type Facts = { -readonly [Name in keyof RunFacts]: RunFacts[Name] };

/** Runs Sentinel, the shop, the shoppers and the fault menu; resolves to the exit code when everything is gone again. */
export async function runDemo(options: DemoOptions, surroundings: Surroundings): Promise<number> {
  const { narrator, stop } = surroundings;
  const cleanup = new AsyncDisposableStack();

  function breakOff(sentence: string): void {
    if (stop.signal.aborted) return;
    narrator.trouble(sentence);
    stop.abort(BROKEN);
  }

  try {
    const stage = await raiseStage({ ...surroundings, options, abort: stop.signal, cleanup, onCrash: breakOff });
    introduction(stage.sentinel).forEach(narrator.plain);
    const facts = await openShop(stage, options, surroundings);
    if (facts === undefined) return stop.signal.reason === BROKEN || options.once ? 1 : 0;
    const scoreboard = createScoreboard();
    const played = await playMenu({ stage, options, surroundings, scoreboard, facts, cleanup, breakOff });
    if (played)
      scoreboard.judged(judgeIncidents(scoreboard.injections(), await stage.api.incidents(), options.bucketMs));
    const allFound = played && conclude({ options, surroundings, scoreboard, facts });
    if (!options.once) await ended(stop.signal);
    return (options.once && !allFound) || stop.signal.reason === BROKEN ? 1 : 0;
  } finally {
    stop.abort();
    await cleanup.disposeAsync();
  }
}

/** Undefined when the demo was ended before the shop was up. */
async function openShop(
  stage: Stage,
  options: DemoOptions,
  { narrator, elapsedMs, stop }: Surroundings,
): Promise<Facts | undefined> {
  await stage.up;
  if (stop.signal.aborted) return undefined;
  const servicesUpMs = elapsedMs();
  narrator.info(`up after ${seconds(servicesUpMs)}: ${serviceNames.join(', ')}`);
  stage.open();
  await stage.api.firstTelemetry(stop.signal);
  const firstTelemetryMs = elapsedMs();
  narrator.info(`first telemetry after ${seconds(firstTelemetryMs)}`);
  return { bucketMs: options.bucketMs, seed: options.seed, servicesUpMs, firstTelemetryMs };
}

async function ended(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

interface Play {
  readonly stage: Stage;
  readonly options: DemoOptions;
  readonly surroundings: Surroundings;
  readonly scoreboard: Scoreboard;
  readonly facts: Facts;
  readonly cleanup: AsyncDisposableStack;
  readonly breakOff: (sentence: string) => void;
}

/** Resolves to whether the menu was played to its end. */
async function playMenu({
  stage,
  options,
  surroundings,
  scoreboard,
  facts,
  cleanup,
  breakOff,
}: Play): Promise<boolean> {
  const { narrator, clock, elapsedMs, input, stop } = surroundings;
  const watch = watchFindings({
    api: stage.api,
    scoreboard,
    narrator,
    injectionsFile: stage.injectionsFile,
    clock,
    abort: stop.signal,
    ...annotationsOf(options, clock),
    onFirstFound: () => (facts.firstFoundMs = elapsedMs()),
  });
  cleanup.defer(() => watch.done);
  const director = createDirector({
    shop: stage.shop,
    clock,
    abort: stop.signal,
    onInjected: watch.injected,
    onEnded: watch.ended,
    settled: stage.api.settled,
    onFailed: (fault, error) => breakOff(`${fault.name} could not be injected: ${messageOf(error)}`),
  });
  const orders = createOrders(director);
  const control = createControlServer(orders, stage.controlPort);
  await control.start();
  cleanup.defer(() => control.stop());
  const write = narrator.plain;
  const report = (): void => renderReport(scoreboard.summary()).forEach(write);
  cleanup.defer(listenToTyping({ input, orders, write, report, quit: () => stop.abort() }));

  narrator.info(`learning for ${seconds(options.learnMs)}, then: ${options.menu.map(({ name }) => name).join(', ')}`);
  await director.follow(planSchedule({ ...options, faults: options.menu }));
  return !stop.signal.aborted;
}

function annotationsOf({ servers: { grafana, token } }: DemoOptions, clock: Clock): Pick<WatchOptions, 'annotations'> {
  return grafana === '' ? {} : { annotations: createAnnotationReader({ url: grafana, token, fetch, clock }) };
}

/** The closing table, and whether every fault was found. */
function conclude({
  options,
  surroundings,
  scoreboard,
  facts,
}: Pick<Play, 'options' | 'surroundings' | 'scoreboard' | 'facts'>) {
  const { narrator } = surroundings;
  const summary = scoreboard.summary();
  narrator.plain('');
  renderReport(summary).forEach(narrator.plain);
  if (options.json) narrator.plain(reportJson(summary, facts));
  if (!options.once) narrator.plain('\nThe shop goes on. Type the name of a fault, "list", "report" or "quit".');
  return summary.rows.every((row) => row.found !== undefined);
}

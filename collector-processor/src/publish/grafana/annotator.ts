import type { AnnotationLedger } from '../../model/annotation-ledger.ts';
import type { Change } from '../../model/anomaly.ts';
import type { IncidentSummary } from '../../model/incident.ts';
import type { SloCrossing } from '../../model/slo-crossing.ts';
import type { Clock } from '../../runtime/clock.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { Service } from '../../runtime/lifecycle.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { waitAtMost } from '../../runtime/wait-at-most.ts';
import type { GrafanaAnnotatorOptions } from './annotator-options.ts';
import { appPathOf } from './app-link.ts';
import { createDelivery } from './delivery.ts';
import { createGrafanaClient, type Fetch } from './grafana-client.ts';
import { createIntake } from './intake.ts';
import { createFreshKeys, createLedgerWriter } from './ledger-writer.ts';
import { createRateCap } from './rate-cap.ts';
import { type ReadIncident, reconcile } from './reconcile.ts';
import { createSummaries } from './summaries.ts';

/** A request under way may end by itself before it is cut off. */
const STOP_GRACE_MS = 2000;
/** Longest time between two looks at whether this process draws. */
const DUTY_LOOK_MS = 1000;

interface GrafanaAnnotatorParts {
  readonly options: GrafanaAnnotatorOptions;
  readonly ledger: AnnotationLedger;
  /**
   * Where another process may draw instead: undefined while it does; another number for each time in which this one does,
   * because the ledger has then to be read anew.
   */
  readonly dutyPeriod?: (() => number | undefined) | undefined;
  readonly readIncident: ReadIncident;
  /** Of the store that numbers the incidents. */
  readonly instanceId: string;
  readonly mask: Mask;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export interface GrafanaAnnotator extends Service {
  /** As it is now; told whenever something of it has changed, and while it goes on. */
  incident(incident: IncidentSummary): void;
  change(change: Change): void;
  /** A budget began to burn, burned worse, or stopped. */
  budget(crossing: SloCrossing): void;
}

/**
 * Draws incidents and changes into Grafana, so that each is drawn once whatever dies when. One worker does all of it:
 *
 * 1. events → ledger (`intake`): the intent, with a unique tag, is durable before Grafana hears of it;
 * 2. ledger → Grafana (`delivery`): oldest first; whatever may have been sent before is looked up by its tag first;
 * 3. at the start and from time to time, open regions are compared with the incidents (`reconcile`).
 *
 * Grafana being away costs nothing but time: the ledger keeps the records, memory holds one state for each open incident.
 */
export function createGrafanaAnnotator(parts: GrafanaAnnotatorParts): GrafanaAnnotator {
  if (parts.options.url === '') return { ...idle, incident: ignore, change: ignore, budget: ignore };
  const { options, ledger, clock, metrics, dutyPeriod = () => 0 } = parts;
  const longestPauseMs = parts.dutyPeriod === undefined ? options.reconcileInterval : DUTY_LOOK_MS;
  const stopped = new AbortController();
  const appPath = appPathOf(options);
  const fresh = createFreshKeys(options.maxBacklog);
  const caps = {
    incidents: createRateCap({ max: options.maxNew, windowMs: options.newWindow }),
    changes: createRateCap({ max: options.maxNew, windowMs: options.newWindow }),
    budgets: createRateCap({ max: options.maxNew, windowMs: options.newWindow }),
  };
  const summaries = createSummaries(options, appPath);
  const writer = createLedgerWriter({ ledger, fresh, clock });
  const { mask, instanceId } = parts;
  const intake = createIntake({ options, appPath, instanceId, mask, writer, caps, summaries, clock, metrics });
  const delivery = createDelivery({
    ...parts,
    client: createGrafanaClient({ options, fetch: parts.fetch, stopped: stopped.signal }),
    fresh,
    shownEndMs: intake.shownEndMs,
    summarise: ({ startMs, endMs = startMs }) =>
      summaries.overdue.add({ service: '', startMs, endMs }, { nowMs: clock.monotonicMs(), wallMs: clock.nowMs() }),
  });
  const faults = metrics.counter({
    name: 'sentinel_grafana_ledger_errors_total',
    help: 'Rounds of the annotator that failed because the store or an incident could not be read or written.',
  });
  let sleeping = new AbortController();
  let worker: Promise<void> = Promise.resolve();
  let stopping = false;
  /** The duty period for which the ledger was read. */
  let recovered: number | undefined;
  let reconcileAtMs = -Infinity;
  let deliverAtMs = -Infinity;
  let seenWrites = 0;

  async function recover(): Promise<void> {
    const open = await reconcileNow();
    for (const { updatedAtMs } of open) caps.incidents.recall(clock.monotonicMs() - (clock.nowMs() - updatedAtMs));
    const waiting = await ledger.pending(options.maxBacklog);
    if (waiting.some((record) => record.grafanaId === undefined)) delivery.holdOff();
    recovered = dutyPeriod();
  }

  function reconcileNow() {
    reconcileAtMs = clock.monotonicMs() + options.reconcileInterval;
    deliverAtMs = -Infinity;
    const { readIncident } = parts;
    return reconcile({ ledger, readIncident, tell: intake.incident, limit: options.maxTracked, nowMs: clock.nowMs() });
  }

  /** Returns the monotonic time of the next round. */
  async function round(): Promise<number> {
    const period = dutyPeriod();
    if (period === undefined) return Infinity;
    try {
      if (recovered !== period) await recover();
      else if (clock.monotonicMs() >= reconcileAtMs) await reconcileNow();
      const intakeMs = await intake.flush();
      // Most events only tell that a region has grown and write nothing yet: then the ledger is not asked either.
      if (writer.writes > seenWrites) deliverAtMs = -Infinity;
      seenWrites = writer.writes;
      if (clock.monotonicMs() >= deliverAtMs) deliverAtMs = await delivery.run();
      return Math.min(intakeMs, deliverAtMs, reconcileAtMs);
    } catch (error) {
      faults.add(1);
      parts.logger.error({ reason: messageOf(error) }, 'the annotation ledger failed; it is tried again');
      return clock.monotonicMs() + options.retryInitial;
    }
  }

  async function work(): Promise<void> {
    while (!stopping) {
      sleeping = new AbortController();
      const nextMs = await round();
      const pauseMs = Math.min(longestPauseMs, Math.max(0, nextMs - clock.monotonicMs()));
      await clock.sleep(pauseMs, sleeping.signal);
    }
    if (dutyPeriod() === undefined) return;
    // What is still in memory becomes an intent, so that the next start can go on with it.
    await intake.flush().catch((error: unknown) => {
      faults.add(1);
      parts.logger.error({ reason: messageOf(error) }, 'the last annotations could not be written to the ledger');
    });
  }

  return {
    name: 'Grafana annotations',
    start() {
      worker = work();
      return Promise.resolve();
    },
    async stop() {
      stopping = true;
      sleeping.abort();
      await waitAtMost(worker, STOP_GRACE_MS, clock);
      stopped.abort();
      // A store that is away keeps a write waiting until it is closed, which comes after this.
      await waitAtMost(worker, STOP_GRACE_MS, clock);
    },
    incident(incident) {
      intake.incident(incident);
      sleeping.abort();
    },
    change(change) {
      intake.change(change);
      sleeping.abort();
    },
    budget(crossing) {
      intake.budget(crossing);
      sleeping.abort();
    },
  };
}

const idle: Service = {
  name: 'Grafana annotations (off)',
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

function ignore(): void {
  // Annotations are switched off.
}

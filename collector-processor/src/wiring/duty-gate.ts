import type { Anomaly, AnomalyEvent, Change, ScoredBucket } from '../model/anomaly.ts';
import type { Forecast } from '../model/forecast.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { AnomalyStore } from '../store/anomaly-store.ts';
import type { ChangeStore } from '../store/change-store.ts';
import type { Duty } from '../store/duty.ts';

/** Where news of the score stage go: store, backends, Grafana, listeners of the API. */
export interface Tell {
  anomaly(event: AnomalyEvent): void;
  change(change: Change): void;
  scores(buckets: readonly ScoredBucket[]): void;
  forecasts(forecasts: readonly Forecast[]): void;
}

export interface DutyGateParts {
  readonly duty: Duty;
  readonly tell: Tell;
  /** Findings that the score stage follows. */
  readonly followed: () => readonly Anomaly[];
  readonly anomalies: Pick<AnomalyStore, 'get'>;
  readonly changes: Pick<ChangeStore, 'list'>;
  /** Closes what the active process before this one left open. */
  readonly closeOrphans: () => Promise<void>;
  /** News that are held back at most. */
  readonly maxHeld: number;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export interface DutyGate extends Tell {
  /** Duties may begin; resolves when what was left over is in order. */
  start(): Promise<void>;
  /** Again, after a reload. */
  settle(): Promise<void>;
}

/** Of one service, in all its environments: among them the last one of each. */
const RECENT_CHANGES = 20;

/**
 * Lets news through while this process is the active one. While it is not sure to be, they are held back; of a standby
 * they go nowhere, and when it takes over it tells of what is open then.
 */
export function createDutyGate(parts: DutyGateParts): DutyGate {
  const { duty, tell, followed, anomalies, changes, closeOrphans, maxHeld, logger, metrics } = parts;
  const held = new Map<string, () => void>();
  const untold = metrics.counter({
    name: 'sentinel_untold_events_total',
    help: 'News of findings and changes that were not told: seen as standby, or held back in vain.',
  });
  let started = false;

  function pass(key: string, give: () => void): void {
    const state = duty.state();
    if (state === 'active') give();
    else if (state === 'suspended' && (held.size < maxHeld || held.has(key))) held.set(key, give);
    else untold.add(1);
  }

  function release(): void {
    const waiting = [...held.values()];
    held.clear();
    for (const give of waiting) give();
  }

  async function takeOver(): Promise<void> {
    await closeOrphans();
    for (const anomaly of followed()) {
      const isKnown = (await anomalies.get(anomaly.id)) !== undefined;
      pass(`${anomaly.id} open`, () => tell.anomaly({ kind: isKnown ? 'updated' : 'opened', anomaly }));
    }
  }

  /** To a process that has just taken over a version may be news that the one before it has told of. */
  async function isToldByAnother({ tenant, kind, service, environment, to }: Change): Promise<boolean> {
    if (duty.holder() === undefined) return false;
    const { items } = await changes.list({ filter: { tenant, kind, services: [service] }, limit: RECENT_CHANGES });
    return items.find((known) => known.environment === environment)?.to === to;
  }

  async function tellChange(change: Change): Promise<void> {
    // When the store does not answer it is better told twice than not at all.
    const isTold = await isToldByAnother(change).catch(() => false);
    if (isTold) untold.add(1);
    else pass(`change ${change.id}`, () => tell.change(change));
  }

  async function settle(): Promise<void> {
    if (duty.state() === 'active') await closeOrphans();
  }

  duty.onChange((state, before) => {
    if (!started) return;
    if (state === 'active' && before === 'suspended') release();
    else if (state === 'standby') {
      untold.add(held.size);
      held.clear();
    } else if (state === 'active') {
      takeOver().catch((error: unknown) => {
        logger.error(
          { error: messageOf(error) },
          'Not all that the last active process left over could be put in order.',
        );
      });
    }
  });

  return {
    anomaly(event) {
      pass(`${event.anomaly.id} ${event.kind}`, () => tell.anomaly(event));
    },
    change(change) {
      pass(`change ${change.id}`, () => void tellChange(change));
    },
    scores(buckets) {
      if (duty.state() === 'active') tell.scores(buckets);
    },
    forecasts(forecasts) {
      if (duty.state() === 'active') tell.forecasts(forecasts);
    },
    async start() {
      started = true;
      await settle();
    },
    settle,
  };
}

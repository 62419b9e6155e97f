import type { TuningVersion } from '../../model/tuning.ts';
import type { Clock } from '../../runtime/clock.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { Service } from '../../runtime/lifecycle.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { Tunings } from '../../score/tuning/tunings.ts';
import type { TuningStore } from '../../store/tuning-store.ts';

export interface TuningSyncParts {
  readonly versions: Pick<TuningStore, 'newest'>;
  readonly tunings: Tunings;
  readonly refreshMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export interface TuningSync extends Service {
  /** The newest version in the store, which acts from now on. */
  read(): Promise<TuningVersion>;
  /** The version that acts. */
  acting(): number;
}

/** Without any: scores are as shipped. */
export const shipped: TuningVersion = { version: 0, rules: [], atMs: 0, by: '', knownBy: 'nobody', why: 'As shipped.' };

/**
 * Brings the newest rules from the store to the scores: at the start, and from time to time for what another process has
 * accepted, so that a standby judges as the active one does.
 */
export function createTuningSync({
  versions,
  tunings,
  refreshMs,
  clock,
  logger,
  metrics,
}: TuningSyncParts): TuningSync {
  const stopping = new AbortController();
  let acting = shipped.version;
  let running: Promise<void> = Promise.resolve();
  const failures = metrics.counter({
    name: 'sentinel_tuning_refresh_failures_total',
    help: 'Looks at the store for newer rules that failed; the ones known go on acting.',
  });
  metrics.gauge({ name: 'sentinel_tuning_version', help: 'Version of the rules that act.' }, () => acting);
  metrics.gauge({ name: 'sentinel_tuning_rules', help: 'Rules that act.' }, () => tunings.all.length);

  async function read(): Promise<TuningVersion> {
    const newest = (await versions.newest()) ?? shipped;
    if (newest.version !== acting) {
      tunings.apply(newest.rules, newest.settings);
      acting = newest.version;
    }
    return newest;
  }

  async function refresh(): Promise<void> {
    try {
      await read();
    } catch (error) {
      failures.add(1);
      logger.warn({ error: messageOf(error) }, 'The rules that came of feedback could not be read.');
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await refresh();
      await clock.sleep(refreshMs, stopping.signal);
    }
  }

  return {
    name: 'tunings',
    read,
    acting: () => acting,
    async start() {
      await refresh();
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

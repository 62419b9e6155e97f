import { type SelfMetrics } from '../../runtime/self-metrics.ts';

interface Load {
  readonly threads: () => number;
  readonly queued: () => number;
  readonly queueSize: number;
}

/** Why a large body is read on the main thread all the same. */
export type Declined = 'queue_full' | 'resting';

/** What reading threads do, and what is lost with them. */
export function createReadingMetrics(metrics: SelfMetrics, { threads, queued, queueSize }: Load) {
  metrics.gauge({ name: 'sentinel_reading_threads', help: 'Threads that read large bodies.' }, threads);
  metrics.gauge({ name: 'sentinel_reading_queue', help: 'Large bodies that wait for such a thread.' }, queued);
  metrics.gauge({ name: 'sentinel_reading_queue_limit', help: 'Large bodies that may wait.' }, () => queueSize);
  const bodies = (where: string) =>
    metrics.counter({
      name: 'sentinel_reading_bodies_total',
      help: 'Large bodies by where they are read; on the main thread when the queue is full, or threads do not start.',
      labels: { where },
    });
  const lost = (cause: string) =>
    metrics.counter({
      name: 'sentinel_reading_lost_total',
      help: 'Bodies whose thread died or took too long: not scored, and JSON is not forwarded but its sender told to repeat it.',
      labels: { cause },
    });
  return {
    away: bodies('thread'),
    declined: {
      queue_full: bodies('main_queue_full'),
      resting: bodies('main_resting'),
    },
    lost: { died: lost('died'), hung: lost('hung'), stopped: lost('stopped') },
  } as const;
}

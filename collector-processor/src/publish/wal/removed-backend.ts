import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Backlog } from './backlog.ts';
import type { Drain } from './drain.ts';

interface RemovedParts {
  readonly name: string;
  readonly backlog: Backlog;
  /** Makes dead letters of all that the log holds for it. */
  readonly drain: Drain;
  /** Milliseconds that it may take to come back. */
  readonly graceMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * A backend that the log owes something and that is not configured any more. It may be a slip, so the log keeps what it has
 * for a while, counted from the removal and over restarts; then it becomes dead letters.
 */
export function createRemovedBackend({ name, backlog, drain, graceMs, clock, logger }: RemovedParts) {
  const stopped = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    const sinceMs = backlog.feed(name).removedAtMs ?? clock.nowMs();
    const leftMs = Math.max(0, sinceMs + graceMs - clock.nowMs());
    const bytes = backlog.bytesOwed(name);
    const until = new Date(clock.nowMs() + leftMs).toISOString();
    logger.warn(
      { backend: name, bytes, until },
      'No backend of that name is configured any more. What the write-ahead log holds for it is kept until then (forward.write_ahead_log.keep_for_removed), and becomes dead letters afterwards.',
    );
    if (leftMs > 0) await clock.sleep(leftMs, stopped.signal);
    if (!stopped.signal.aborted) drain.start();
  }

  return {
    start() {
      running = run();
    },
    async stop() {
      stopped.abort();
      await running;
      await drain.stop();
    },
  };
}

import type { EventEmitter } from 'node:events';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { exitCodes } from './command.ts';

/** What can be stopped, and reloaded meanwhile. */
interface Running {
  reload(): Promise<unknown>;
}

interface StopSignalsParts {
  /** The process, or what stands for it. */
  readonly source: Pick<EventEmitter, 'on'>;
  readonly exit: (code: number) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A terminal, npm and the launcher may each pass on the same Ctrl-C. */
const SAME_KEY_MS = 1_000;

/**
 * Signals from the first moment on: one that comes while starting takes effect afterwards. SIGHUP reloads; the first SIGTERM
 * or SIGINT stops, which waits for what is under way within the limits of the settings. Another SIGINT, a second or more
 * later, does not wait: the exit code is then 130.
 */
export function watchSignals({ source, exit, clock, logger }: StopSignalsParts) {
  let running: Running | undefined;
  let reloadAsked = false;
  let interruptedAtMs: number | undefined;
  let stoppingSinceMs: number | undefined;
  const stopped = Promise.withResolvers<undefined>();

  function reload(): void {
    reloadAsked = running === undefined;
    void running?.reload();
  }

  /** Once: npm, the launcher and a supervisor may each pass on the same wish. */
  function stop(signal: string): void {
    if (stoppingSinceMs !== undefined) return;
    stoppingSinceMs = clock.monotonicMs();
    logger.info({ signal }, 'Stopping: finishing what is under way.');
    stopped.resolve(undefined);
  }

  function interrupt(): void {
    const nowMs = clock.monotonicMs();
    if (interruptedAtMs === undefined) {
      interruptedAtMs = nowMs;
      stop('SIGINT');
    } else if (nowMs - interruptedAtMs >= SAME_KEY_MS) {
      logger.warn({}, 'Stopped at once: what was under way is left as it is.');
      exit(exitCodes.forced);
    }
  }

  source.on('SIGHUP', reload);
  source.on('SIGTERM', stop);
  source.on('SIGINT', interrupt);
  return {
    async untilStopped(app: Running): Promise<void> {
      running = app;
      if (reloadAsked) reload();
      await stopped.promise;
    },
    /** Everything is finished. */
    stopped(): void {
      const tookMs = Math.round(clock.monotonicMs() - (stoppingSinceMs ?? clock.monotonicMs()));
      logger.info({ tookMs }, 'Stopped.');
    },
  };
}

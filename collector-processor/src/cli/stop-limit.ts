import type { Logger } from '../runtime/logger.ts';
import { exitCodes } from './command.ts';

interface StopLimitParts {
  readonly timeoutMs: number;
  /** The part that is being stopped; undefined when all are. */
  readonly waitsFor: () => string | undefined;
  readonly exit: (code: number) => void;
  readonly logger: Logger;
}

/**
 * From now on the process leaves after the time, whatever still holds it. Nothing that was acknowledged is lost by that: it
 * is at its backends or on disk, as after kill -9.
 */
export function limitStop({ timeoutMs, waitsFor, exit, logger }: StopLimitParts) {
  const timer = setTimeout(() => {
    const fields = {
      waitedFor: waitsFor() ?? 'the end of the process',
      open: process.getActiveResourcesInfo(),
      timeoutMs,
    };
    logger.error(fields, 'Stopping took longer than shutdown.timeout: Sentinel leaves at once.');
    exit(exitCodes.failed);
  }, timeoutMs);
  return {
    /** All parts are stopped: a process that has nothing left to do ends by itself. */
    stopped: () => timer.unref(),
  };
}

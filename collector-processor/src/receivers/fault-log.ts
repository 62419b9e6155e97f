import { type Wire } from '../model/export-request.ts';
import { type Signal } from '../model/signal.ts';
import { type Clock } from '../runtime/clock.ts';
import { messageOf } from '../runtime/errors.ts';
import { type Logger } from '../runtime/logger.ts';

export type ReportFault = (error: unknown, where: { readonly wire: Wire; readonly signal: Signal }) => void;

const INTERVAL_MS = 1000;

/** Logs a fault of the handler at most once a second, with the number left out since; each one is a counted refusal anyway. */
export function createFaultLog(logger: Logger, clock: Clock): ReportFault {
  let nextMs = -Infinity;
  let unlogged = 0;
  return (error, { wire, signal }) => {
    const nowMs = clock.monotonicMs();
    if (nowMs < nextMs) {
      unlogged++;
      return;
    }
    logger.error({ wire, signal, error: messageOf(error), unlogged }, 'The export handler failed.');
    nextMs = nowMs + INTERVAL_MS;
    unlogged = 0;
  };
}

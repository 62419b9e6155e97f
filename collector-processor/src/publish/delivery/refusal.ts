import type { RefusalCause } from '../../model/export-request.ts';

/**
 * Statuses that speak of Sentinel's own credentials, address or path (508: the address is its own), beside redirections,
 * or of a backend that does not do what it is asked (501). The sender's telemetry is sound, so it must not be told to drop it.
 */
export const misconfiguredStatuses: readonly number[] = [401, 403, 404, 405, 407, 501, 508];

export function isMisconfiguration(status: number): boolean {
  return (status >= 300 && status < 400) || misconfiguredStatuses.includes(status);
}

/**
 * How a backend's permanent refusal of one request reads for its sender.
 *
 * A 500 is none of the statuses that OTLP lets a client repeat, so Sentinel does not send it again by itself. But it says
 * that the backend (or a proxy before it) is at fault, not the telemetry: told 400 or 500, a compliant sender would drop
 * it. `backend_failed` answers 502 and UNAVAILABLE instead, which keeps it with the sender. The price is that a body which
 * the backend never survives is repeated until the sender's own limit (five minutes in the Collector), and passes by the
 * backends that have it.
 */
export function refusalCause(status: number): RefusalCause {
  if (status >= 500) return 'backend_failed';
  if (status === 413) return 'too_large';
  return status === 415 ? 'unsupported' : 'malformed';
}

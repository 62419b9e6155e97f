import type { RefusalCause } from '../../model/export-request.ts';

/**
 * Statuses that speak of Sentinel's own credentials, address or path (508: the address is its own), beside redirections. The sender's telemetry is sound,
 * so it must not be told to drop it.
 */
export const misconfiguredStatuses: readonly number[] = [401, 403, 404, 405, 407, 508];

export function isMisconfiguration(status: number): boolean {
  return (status >= 300 && status < 400) || misconfiguredStatuses.includes(status);
}

/** How a backend's permanent refusal of one request reads for its sender. */
export function refusalCause(status: number): RefusalCause {
  if (status === 413) return 'too_large';
  return status === 415 ? 'unsupported' : 'malformed';
}

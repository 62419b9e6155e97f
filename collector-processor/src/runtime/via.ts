import { ownInstanceId } from './own-instance.ts';

/** Instance ids of the Sentinels that a request has passed, the first one first, separated by commas. */
export const VIA_HEADER = 'sentinel-via';

/** More Sentinels in a row than anybody sets up: a loop of several that were restarted meanwhile. */
const MAX_HOPS = 16;

/** What is sent on with a request that came with `received`. */
export function viaWith(received: string | undefined): string {
  return received === undefined || received === '' ? ownInstanceId : `${received}, ${ownInstanceId}`;
}

/** Whether a request comes back to the Sentinel that sent it, or goes around without an end. */
export function isLoop(received: string | string[] | undefined): boolean {
  if (received === undefined) return false;
  const hops = String(received).split(',');
  return hops.length >= MAX_HOPS || hops.some((hop) => hop.trim() === ownInstanceId);
}

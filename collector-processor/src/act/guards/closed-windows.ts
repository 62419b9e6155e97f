import { fits } from '../policy/matching.ts';
import type { Asked, Guard, ClosedWindow } from './guard.ts';

export const freezeWindow: Guard = (asked) => refusedBy('freeze_window', asked.situation.freezes, asked);

export const maintenance: Guard = (asked) => refusedBy('maintenance', asked.situation.maintenance, asked);

/** The one that ends last: nobody has to ask twice. */
function refusedBy(
  guard: 'freeze_window' | 'maintenance',
  windows: readonly ClosedWindow[],
  { request, situation: { nowMs } }: Asked,
) {
  const [last] = windows
    .filter(({ match, fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs && fits(match, request))
    .sort((a, b) => b.untilMs - a.untilMs);
  if (last === undefined) return undefined;
  return { guard, window: last.name, service: request.target.service, untilMs: last.untilMs };
}

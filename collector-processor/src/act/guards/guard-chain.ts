import { type GuardName, guardNames, type GuardResult } from '../../model/action.ts';
import { policy } from './allowed-rung.ts';
import { approval } from './approval.ts';
import { blastRadius } from './blast-radius.ts';
import { canary } from './canary.ts';
import { freezeWindow, maintenance } from './closed-windows.ts';
import { concurrency } from './concurrency.ts';
import { confidence } from './confidence.ts';
import { coolDown } from './cool-down.ts';
import { expiry } from './expiry.ts';
import type { Asked, Guard } from './guard.ts';
import { killSwitch } from './kill-switch.ts';
import { rateLimit } from './rate-limit.ts';

const guards: Readonly<Record<GuardName, Guard>> = {
  kill_switch: killSwitch,
  freeze_window: freezeWindow,
  maintenance,
  policy,
  confidence,
  blast_radius: blastRadius,
  cool_down: coolDown,
  rate_limit: rateLimit,
  concurrency,
  expiry,
  canary,
  approval,
};

/** What every guard says, in their order: whoever reads a plan sees all that stands against it, not the first alone. */
export function askGuards(asked: Asked): readonly GuardResult[] {
  return guardNames.map((guard) => {
    const refusal = guards[guard](asked);
    return refusal === undefined ? { guard, kind: 'passed' } : { guard, kind: 'refused', refusal };
  });
}

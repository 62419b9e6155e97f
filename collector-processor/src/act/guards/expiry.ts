import type { Guard } from './guard.ts';

/** What was right ten minutes ago need not be right now. What has begun is not left half done for it. */
export const expiry: Guard = ({ request: { expiresAtMs, ofRun }, situation: { nowMs } }) =>
  ofRun !== undefined || nowMs < expiresAtMs ? undefined : { guard: 'expiry', expiredAtMs: expiresAtMs };

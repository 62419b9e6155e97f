import type { Guard } from './guard.ts';

/** What was right ten minutes ago need not be right now. */
export const expiry: Guard = ({ request: { expiresAtMs }, situation: { nowMs } }) =>
  nowMs < expiresAtMs ? undefined : { guard: 'expiry', expiredAtMs: expiresAtMs };

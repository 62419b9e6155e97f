import type { Guard } from './guard.ts';

/** Stops undo steps too: whoever pulls it wants nothing to move. */
export const killSwitch: Guard = ({ situation: { killSwitch: pulled } }) =>
  pulled === undefined ? undefined : { guard: 'kill_switch', ...pulled };

import type { Duty, DutyState } from '../duty.ts';

export interface TestDuty extends Duty {
  become(state: DutyState): void;
}

/** A duty that the test changes. */
export function aDuty(initial: DutyState): TestDuty {
  const listeners: Parameters<Duty['onChange']>[0][] = [];
  let now = initial;
  return {
    state: () => now,
    holder: () => 'host:1',
    permit: () => undefined,
    onChange: (listener) => void listeners.push(listener),
    become(state) {
      const before = now;
      now = state;
      for (const listener of listeners) listener(state, before);
    },
  };
}

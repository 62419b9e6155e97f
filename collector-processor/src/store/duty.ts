import { SentinelError } from '../runtime/errors.ts';
import type { StoreDatabase } from './schema.ts';

/**
 * What this process is to the others on the same store. `active`: it writes, publishes findings and draws annotations.
 * `suspended`: it was active and could not renew its lease in time; it may be again, and holds back what it would tell.
 * `standby`: another is active.
 */
export type DutyState = 'active' | 'suspended' | 'standby';

export interface Duty {
  state(): DutyState;
  /** Proof, in the transaction that writes, that this process may. Undefined when it is not active. */
  permit(): Permit | undefined;
  /** Called after each change, with the state before. */
  onChange(listener: (state: DutyState, before: DutyState) => void): void;
  /** Who is active, as far as is known; undefined where there is no lease. */
  holder(): string | undefined;
}

export interface Permit {
  /** Throws `DutyLost` when another process has taken over. Until the transaction ends nobody can. */
  verify(transaction: StoreDatabase): Promise<void>;
}

/** Another process has taken over. */
export class DutyLost extends SentinelError {
  constructor() {
    super('SENTINEL_STORE_FAILED', 'Another process has taken over the lease of the store.');
  }
}

const free: Permit = { verify: () => Promise.resolve() };

/** Where no other process can be on the same store. */
export const alwaysActive: Duty = {
  state: () => 'active',
  permit: () => free,
  onChange: () => undefined,
  holder: () => undefined,
};

import type { Conditions } from './conditions.ts';
import type { ServiceName } from './topology.ts';

export type Addresses = Readonly<Partial<Record<ServiceName, number>>>;

/** From the demo to a service, over the channel that Node opens between a process and its child. */
export type Command =
  | { readonly kind: 'addresses'; readonly addresses: Addresses }
  | { readonly kind: 'conditions'; readonly conditions: Partial<Conditions> }
  | { readonly kind: 'freeze'; readonly ms: number }
  | { readonly kind: 'stop' };

/** From a service to the demo. */
export interface Ready {
  readonly kind: 'ready';
  /** Absent for a worker that listens nowhere. */
  readonly port?: number;
}

export function isCommand(message: unknown): message is Command {
  return ['addresses', 'conditions', 'freeze', 'stop'].includes(kindOf(message));
}

export function isReady(message: unknown): message is Ready {
  return kindOf(message) === 'ready';
}

function kindOf(message: unknown): string {
  return typeof message === 'object' && message !== null && 'kind' in message ? String(message.kind) : '';
}

import { type SharedNumber } from '../runtime/shared-number.ts';
import { HeldBytes } from './byte-budget.ts';
import { Ports } from './ports.ts';

/** What the receivers of other threads hold. */
export interface OtherReceivers {
  /** How many they are, with this one. */
  readonly threads: number;
  readonly inFlightBytes: SharedNumber;
  /** Of V8's heap and of buffers. */
  readonly usedBytes: SharedNumber;
}

/** What outlives the receivers of a thread when a reload exchanges them: their ports, and the count of what requests hold. */
export class Premises {
  readonly ports = new Ports();
  readonly held: HeldBytes;
  /** Who takes new connections; the one before may still be at work. */
  occupant: object | undefined;
  /** When other threads listen on the same ports: what all of them hold, so that bounds are those of the process. */
  readonly others: OtherReceivers | undefined;

  constructor(others?: OtherReceivers) {
    this.others = others;
    this.held = new HeldBytes(others?.inFlightBytes);
  }
}

/**
 * What is kept of each of a fixed number of series, by its slot. All zero means "nothing known", and a series is saved in
 * the same number of bytes whatever it knows.
 */
export interface SlotState {
  readonly bytesPerSeries: number;
  clear(slot: number): void;
  /** Copies one series out; returns where the next bytes go. */
  save(slot: number, into: Uint8Array, offset: number): number;
  /** Puts back what `save` copied. */
  load(slot: number, from: Uint8Array, offset: number): number;
}

/** A state of many, by a name that stays. */
export interface StatePart {
  readonly name: string;
  readonly version: number;
  readonly state: SlotState;
}

/** Several of them as one, in their order. */
export class JoinedState implements SlotState {
  private readonly states: readonly SlotState[];

  constructor(states: readonly SlotState[]) {
    this.states = states;
  }

  get bytesPerSeries(): number {
    return this.states.reduce((bytes, state) => bytes + state.bytesPerSeries, 0);
  }

  clear(slot: number): void {
    for (const state of this.states) state.clear(slot);
  }

  save(slot: number, into: Uint8Array, offset: number): number {
    return this.states.reduce((at, state) => state.save(slot, into, at), offset);
  }

  load(slot: number, from: Uint8Array, offset: number): number {
    return this.states.reduce((at, state) => state.load(slot, from, at), offset);
  }
}

/**
 * Bounds what requests from the log take in memory once they are inflated: one at a time is opened, and none while those
 * that are open fill the room. One alone may be larger.
 */
export class ReplayRoom {
  readonly #maxBytes: number;
  #bytes = 0;
  #door: Promise<void> = Promise.resolve();
  #onLeave = (): void => undefined;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Begins the work when it is its turn. It calls `hold` with its bytes once they are known, which lets the next one in. */
  async use<Result>(work: (hold: (bytes: number) => void) => Promise<Result>): Promise<Result> {
    const before = this.#door;
    let open = (): void => undefined;
    this.#door = new Promise((resolve) => (open = resolve));
    await before;
    while (this.#bytes >= this.#maxBytes) await new Promise<void>((resolve) => (this.#onLeave = resolve));
    let held = 0;
    try {
      return await work((bytes) => {
        held = bytes;
        this.#bytes += bytes;
        open();
      });
    } finally {
      this.#bytes -= held;
      open();
      this.#onLeave();
    }
  }
}

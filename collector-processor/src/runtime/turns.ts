/**
 * Lets long pieces of work take turns with everything else: one in each round of the event loop, in the order in which
 * they came. What arrives meanwhile waits for one of them, not for all.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #running = false;

  /** Resolves when it is this one's turn; the work is then to be done at once. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#running) this.#run();
    });
  }

  get length(): number {
    return this.#waiting.length;
  }

  #run(): void {
    this.#running = true;
    setImmediate(() => {
      this.#waiting.shift()?.();
      if (this.#waiting.length > 0) this.#run();
      else this.#running = false;
    });
  }
}

import { type Duplex } from 'node:stream';

/** Wants to know whether what was written for it has left. */
export interface Addressed {
  left(delivered: boolean): void;
}

/**
 * What a connection says, written once a turn of the event loop. While the other side does not take it nothing more is
 * read from it, so that answers which nobody reads cannot pile up.
 */
export class Outbox {
  readonly #socket: Duplex;
  #bytes: Buffer[] = [];
  #waiting: Addressed[] = [];
  #scheduled = false;
  readonly #flushLater = (): void => this.flush();

  constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on('drain', () => socket.resume());
  }

  push(bytes: Buffer, addressed?: Addressed): void {
    this.#bytes.push(bytes);
    if (addressed !== undefined) this.#waiting.push(addressed);
    if (this.#scheduled) return;
    this.#scheduled = true;
    process.nextTick(this.#flushLater);
  }

  flush(): void {
    this.#scheduled = false;
    const [first] = this.#bytes;
    if (first === undefined) return;
    const bytes = this.#bytes.length === 1 ? first : Buffer.concat(this.#bytes);
    const waiting = this.#waiting;
    this.#bytes = [];
    this.#waiting = [];
    if (this.#socket.destroyed || this.#socket.writableEnded) {
      for (const addressed of waiting) addressed.left(false);
      return;
    }
    const taken = this.#socket.write(bytes, (error) => {
      for (const addressed of waiting) addressed.left(error === null || error === undefined);
    });
    if (!taken) this.#socket.pause();
  }
}

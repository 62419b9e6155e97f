import { type Duplex } from 'node:stream';

/** Wants to know whether what was written for it has left. */
export interface Addressed {
  left(delivered: boolean): void;
}

/** Up to this, pieces are copied into one write; beyond it a write of several pieces costs less. */
const COPY_BYTES = 64 * 1024;

/**
 * What a connection says, written once a turn of the event loop. With `holdsBack` nothing more is read from the other side
 * while it does not take what is said to it, so that answers which nobody reads cannot pile up; two sides that both do so
 * could wait for each other, so only servers do.
 */
export class Outbox {
  readonly #socket: Duplex;
  readonly #holdsBack: boolean;
  #bytes: Uint8Array[] = [];
  #length = 0;
  #waiting: Addressed[] = [];
  #scheduled = false;
  readonly #flushLater = (): void => this.flush();

  constructor(socket: Duplex, holdsBack: boolean) {
    this.#socket = socket;
    this.#holdsBack = holdsBack;
    if (holdsBack) socket.on('drain', () => socket.resume());
  }

  push(bytes: Uint8Array, addressed?: Addressed): void {
    this.#bytes.push(bytes);
    this.#length += bytes.length;
    if (addressed !== undefined) this.#waiting.push(addressed);
    if (this.#scheduled) return;
    this.#scheduled = true;
    process.nextTick(this.#flushLater);
  }

  flush(): void {
    this.#scheduled = false;
    if (this.#length === 0) return;
    const bytes = this.#length <= COPY_BYTES && this.#bytes.length > 1 ? [Buffer.concat(this.#bytes)] : this.#bytes;
    const waiting = this.#waiting;
    this.#bytes = [];
    this.#length = 0;
    this.#waiting = [];
    if (this.#socket.destroyed || this.#socket.writableEnded) {
      for (const addressed of waiting) addressed.left(false);
      return;
    }
    const taken = this.#write(bytes, (error) => {
      for (const addressed of waiting) addressed.left(error === null || error === undefined);
    });
    if (!taken && this.#holdsBack) this.#socket.pause();
  }

  /** All pieces in one go; `done` when the last one has left. */
  #write(pieces: readonly Uint8Array[], done: (error: Error | null | undefined) => void): boolean {
    const socket = this.#socket;
    const last = pieces.length - 1;
    if (last > 0) socket.cork();
    for (let i = 0; i < last; i++) socket.write(pieces[i]);
    const taken = socket.write(pieces[last], done);
    if (last > 0) socket.uncork();
    return taken;
  }
}

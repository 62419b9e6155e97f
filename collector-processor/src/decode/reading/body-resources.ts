import { type ResourceList } from '../scan.ts';

/** The messages of a body's resources, each once, for another thread to make resources of. */
export class BodyResources implements ResourceList {
  readonly resources = [];
  readonly messages: Uint8Array[] = [];
  readonly #rows = new Map<string, number>();
  readonly #limit: number;

  /** `limit`: the most that one request may bring. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  begin(): void {
    this.#rows.clear();
    this.messages.length = 0;
  }

  rowOf(message: Uint8Array): number {
    const key = Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString('latin1');
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.messages.length >= this.#limit) return -1;
    const row = this.messages.push(message) - 1;
    this.#rows.set(key, row);
    return row;
  }
}

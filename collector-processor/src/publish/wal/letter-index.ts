import { droppedBy, refusedBy } from './dead-letter-record.ts';
import { type DeadLetter, letterOf, refusedAgain } from './dead-letter.ts';
import type { LogRecord } from './record.ts';
import type { Stored } from './segment-reader.ts';
import type { Segment } from './segment.ts';

/** A letter, and where it stands on disk. */
export interface Entry extends Stored {
  letter: DeadLetter;
}

/** Which letters there are, as the records of their log say one after the other. */
export class LetterIndex {
  readonly #entries = new Map<string, Entry>();

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  delete(id: string): void {
    this.#entries.delete(id);
  }

  read(record: LogRecord, stored: Stored): void {
    for (const id of droppedBy(record.description)) this.#entries.delete(id);
    const refusal = refusedBy(record.description);
    const refused = refusal === undefined ? undefined : this.#entries.get(refusal.id);
    if (refusal !== undefined && refused !== undefined) refused.letter = refusedAgain(refused.letter, refusal);
    const letter = letterOf(record);
    if (letter !== undefined) this.#entries.set(letter.id, { letter, segment: stored.segment, place: stored.place });
  }

  /** The newest first. One that was written anew, to make room, stays where it was. */
  list(): DeadLetter[] {
    return [...this.#entries.values()]
      .map(({ letter }) => letter)
      .sort((left, right) => right.sequence - left.sequence);
  }

  in(segment: Segment): Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.segment === segment);
  }

  /** Bytes of all letters, without what lies between them. */
  bytes(): number {
    return [...this.#entries.values()].reduce((sum, { place }) => sum + place.length, 0);
  }
}

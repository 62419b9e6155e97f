/** What knows its place in a bag. */
export interface Placed {
  /** Written by the bag alone; -1 outside of it. */
  place: number;
}

/**
 * Things that come and go by the thousand, in no order. An array in which the last one fills the place of the one that
 * leaves: nothing of what has left stays behind. A `Set` that has grown old would keep it: with so many deletions V8 copies
 * its table again and again, the old ones stay until all garbage is collected, and with them whatever was open then.
 */
export class Bag<Entry extends Placed> {
  readonly #entries: Entry[] = [];

  get size(): number {
    return this.#entries.length;
  }

  add(entry: Entry): void {
    entry.place = this.#entries.push(entry) - 1;
  }

  /** Nothing when it is not there. */
  delete(entry: Entry): void {
    const { place } = entry;
    if (place < 0) return;
    entry.place = -1;
    const last = this.#entries.pop();
    if (last === undefined || last === entry) return;
    this.#entries[place] = last;
    last.place = place;
  }

  /** Looks at those that came last first. */
  find(matches: (entry: Entry) => boolean): Entry | undefined {
    return this.#entries.findLast(matches);
  }

  /** Those that are in it now, to go through while some of them leave. */
  all(): readonly Entry[] {
    return [...this.#entries];
  }
}

import { HashTable } from '../state/hash-table.ts';
import { blanked, HOLE } from './lanes.ts';
import { isLive, type Template } from './template.ts';

/** Places of a template that may become holes. */
const MAX_PLACES = 32;

/**
 * Templates that are equal but for one place, by the hash without that place. A group stays small: with some more members
 * it is merged.
 */
export class HoleIndex {
  private readonly groups: HashTable;
  private readonly members: Template[][] = [];

  constructor(maxGroups: number) {
    this.groups = new HashTable(maxGroups);
  }

  clear(): void {
    this.groups.clear();
    this.members.length = 0;
  }

  get isFull(): boolean {
    return this.groups.size + MAX_PLACES > this.groups.capacity;
  }

  /** Share of the room. */
  get used(): number {
    return this.groups.size / this.groups.capacity;
  }

  add(template: Template): void {
    for (let place = 0; place < placesOf(template); place++) {
      const word = template.words[place] as number;
      if (template.constants === (word === HOLE ? 0 : 1)) continue;
      const { low, high } = blanked(template, word, place);
      const group = this.groups.get(low, high);
      if (group >= 0) this.members[group]?.push(template);
      else if (this.groups.set(low, high, this.members.length)) this.members.push([template]);
    }
  }

  /** Live templates that differ from this one at `place` at most, itself among them. */
  alike(template: Template, place: number): readonly Template[] {
    const { low, high } = blanked(template, template.words[place] as number, place);
    const group = this.groups.get(low, high);
    const found = group < 0 ? undefined : this.members[group];
    if (found === undefined) return [];
    const live = found.filter(isLive);
    if (live.length < found.length) this.members[group] = live;
    return live;
  }
}

export function placesOf({ words }: Template): number {
  return Math.min(words.length, MAX_PLACES);
}

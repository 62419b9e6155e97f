import { HashTable } from '../state/hash-table.ts';
import { blanked, HOLE } from './lanes.ts';
import { isLive, type Template } from './template.ts';

/** Places of a template that may become holes. */
const MAX_PLACES = 32;
/** Room for a new template and those it may be merged into at once. */
const HEADROOM = 4 * MAX_PLACES;

/**
 * Templates that are equal but for one place, by the hash without that place. A group stays small: with some more members
 * it is merged.
 */
export class HoleIndex {
  private readonly groups: HashTable;
  private readonly members: Template[][] = [];
  private readonly unused: number[] = [];

  constructor(maxGroups: number) {
    this.groups = new HashTable(maxGroups);
  }

  get isFull(): boolean {
    return this.groups.size + HEADROOM > this.groups.capacity;
  }

  add(template: Template): void {
    for (let place = 0; place < placesOf(template); place++) {
      if (!countsAt(template, place)) continue;
      const { low, high } = blanked(template, template.words[place] as number, place);
      const group = this.groups.get(low, high);
      if (group >= 0) this.members[group]?.push(template);
      else this.found(low, high, template);
    }
  }

  remove(template: Template): void {
    for (let place = 0; place < placesOf(template); place++) {
      if (!countsAt(template, place)) continue;
      const { low, high } = blanked(template, template.words[place] as number, place);
      const group = this.groups.get(low, high);
      const members = group < 0 ? undefined : this.members[group];
      const at = members?.indexOf(template) ?? -1;
      if (members === undefined || at < 0) continue;
      if (members.length > 1) members.splice(at, 1);
      else {
        this.groups.delete(low, high);
        this.unused.push(group);
      }
    }
  }

  /** Live templates that differ from this one at `place` at most, itself among them. */
  alike(template: Template, place: number): readonly Template[] {
    const { low, high } = blanked(template, template.words[place] as number, place);
    const group = this.groups.get(low, high);
    const found = group < 0 ? undefined : this.members[group];
    if (found === undefined) return [];
    return found.every(isLive) ? found : found.filter(isLive);
  }

  private found(low: number, high: number, template: Template): void {
    const group = this.unused.pop() ?? this.members.length;
    if (this.groups.set(low, high, group)) this.members[group] = [template];
    else this.unused.push(group);
  }
}

/** Nothing constant would be left without this place. */
function countsAt({ words, constants }: Template, place: number): boolean {
  return constants !== (words[place] === HOLE ? 0 : 1);
}

export function placesOf({ words }: Template): number {
  return Math.min(words.length, MAX_PLACES);
}

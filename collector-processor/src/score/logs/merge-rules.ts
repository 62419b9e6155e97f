import { HOLE } from './lanes.ts';
import { SETTLED_LINES } from './template-owners.ts';
import type { Template } from './template.ts';
import { Trait, valuesAfter } from './vocabulary.ts';

/**
 * When templates are one kind of line. A place whose word varies is a hole once it was seen with enough values: the more
 * constant words stand around it, the fewer; the fewer still where a name is expected. Two values are never enough
 * elsewhere, since most pairs are two kinds of lines (opened and closed).
 */
const FIRST_WORD = 16;
const MOSTLY = 8;

/** Values that make a hole of the place, with so many constant words around it; `Infinity`: never. */
function plainNeed(constants: number): number {
  if (constants === 0) return Infinity;
  if (constants === 1) return 12;
  if (constants === 2) return 6;
  return constants < 6 ? 5 : 4;
}

/** `alike` differ at `place` at most; `closed` says that the template with that hole exists already, as a shorter one. */
export function isHole(alike: readonly Template[], place: number, closed: boolean): boolean {
  const [first] = alike;
  if (first === undefined) return false;
  const constants = first.constants - (first.words[place] === HOLE ? 0 : 1);
  const varying = alike.find(({ words }) => words[place] === HOLE);
  const prose = alike.some(({ traits }) => has(traits, place, Trait.prose));
  let need = plainNeed(constants);
  const noun = place > 0 && constants >= 2 && !prose ? valuesAfter(first.traits[place - 1] as number) : 0;
  if (place === 0 && !(varying !== undefined && constants >= 6)) need = Math.max(need, FIRST_WORD);
  else if (noun > 0) need = noun;
  if (varying !== undefined && !prose && constants >= (place === 0 ? 3 : 2) && isMostly(varying, alike)) need = 2;
  const values = alike.length + (varying === undefined ? 0 : 1) + (closed ? 2 : 0);
  return alike.length > 1 && values >= need;
}

/** Nearly all lines have something that varies at this place, so the few words there vary too. */
function isMostly(varying: Template, alike: readonly Template[]): boolean {
  const others = alike.reduce((sum, one) => sum + (one === varying ? 0 : one.lines), 0);
  return varying.lines >= SETTLED_LINES && varying.lines >= MOSTLY * others;
}

/** Words that a hole took where it stood alone, and a pair of a word and a hole. */
const WORD_COST = 1;
const PAIR_COST = 1.5;
/** Places more that lines may have than the template they fit. */
export const MAX_LONGER = 2;

/** Whether lines of `other` could be lines of `template`: equal constants in order, strange words only in its holes. */
export function fits(template: Template, other: Template): boolean {
  const { words, opened, constants } = template;
  if (other.words.length < words.length || other.words.length > words.length + MAX_LONGER) return false;

  /** Cheapest way to read the rest; Infinity when there is none. */
  function cost(at: number, from: number): number {
    if (at === words.length) return from === other.words.length ? 0 : Infinity;
    if (other.words.length - from > words.length - at + MAX_LONGER) return Infinity;
    const word = words[at] as number;
    if (word !== HOLE) return other.words[from] === word ? cost(at + 1, from + 1) : Infinity;
    let best = Infinity;
    let holes = 0;
    let strange = 0;
    for (let taken = 1; taken <= 3 && from + taken <= other.words.length; taken++) {
      const one = from + taken - 1;
      if (other.words[one] === HOLE) holes++;
      else if (!has(other.traits, one, Trait.value)) break;
      else strange++;
      if (taken > 1 && holes === 0) continue;
      const price = opened[at] === 1 && taken === 1 ? 0 : strange * (taken === 1 ? WORD_COST : PAIR_COST);
      best = Math.min(best, price + cost(at + 1, from + taken));
    }
    return best;
  }

  return 2 * cost(0, 0) <= constants;
}

const MEMBERS = 8;
const VALUES = 6;
const MOST_PLACES = 3;
const LEAST_CONSTANTS = 3;

export interface SharedHoles {
  readonly members: readonly Template[];
  readonly places: readonly number[];
}

/** Two or three places that vary together among templates of one length: found when enough of them differ there. */
export function sharedHoles(template: Template, candidates: readonly Template[]): SharedHoles | undefined {
  const patterns = new Map<string, { readonly members: Template[]; readonly places: readonly number[] }>();
  for (const candidate of candidates) {
    const places = differingPlaces(template, candidate);
    if (places === undefined) continue;
    const pattern = patterns.get(places.join()) ?? { members: [template], places };
    patterns.set(places.join(), pattern);
    pattern.members.push(candidate);
  }
  for (const { members, places } of patterns.values()) {
    if (members.length < MEMBERS) continue;
    const varied = places.every((place) => new Set(members.map(({ words }) => words[place])).size >= VALUES);
    if (varied) return { members, places };
  }
  return undefined;
}

function differingPlaces(one: Template, other: Template): number[] | undefined {
  const places: number[] = [];
  for (let at = 0; at < one.words.length; at++) {
    if (one.words[at] === other.words[at]) continue;
    const free = has(one.traits, at, Trait.free) && has(other.traits, at, Trait.free);
    if (!free || places.length === MOST_PLACES) return undefined;
    places.push(at);
  }
  const few = places.length < 2 || one.constants - places.length < LEAST_CONSTANTS;
  return few ? undefined : places;
}

function has(traits: Uint8Array, place: number, trait: number): boolean {
  return ((traits[place] as number) & trait) !== 0;
}

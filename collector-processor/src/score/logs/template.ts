import type { Hash64 } from '../../model/resource.ts';
import { HOLE } from './lanes.ts';
import type { TemplateOwner } from './template-owners.ts';
import { traitsOf } from './vocabulary.ts';

/** A kind of line: constant words and holes. */
export interface Template extends Shape {
  readonly id: number;
  readonly constants: number;
  /** A bit for each constant word: what lacks one of them cannot fit. */
  readonly signature: number;
  /** Hash of its skeleton. */
  readonly low: number;
  readonly high: number;
  /** Takes everything that starts like it. */
  readonly takesRest: boolean;
  /** Stays over merges: names the series that count its lines. */
  readonly lineage: Hash64;
  /** Lineages of the templates that were merged into it, the largest ones. */
  readonly kin: readonly Hash64[];
  /** The service that brought it, whose room it takes. */
  readonly owner: TemplateOwner;
  lines: number;
  lastUse: number;
  /** `lastUse` when it was last passed over for eviction. */
  spared: number;
  /** The template it was merged into. */
  into: Template | undefined;
  /** Dropped for want of room. */
  gone: boolean;
  /** Its node in the trie; -1 while it has none. */
  node: number;
  /** Its place in the list of live templates. */
  place: number;
}

export interface Shape {
  readonly words: Int32Array;
  /** Empty where there is a hole. */
  readonly texts: readonly string[];
  /** See vocabulary.ts. */
  readonly traits: Uint8Array;
  /** 1 where a hole was opened by merging: it takes any word. */
  readonly opened: Uint8Array;
}

/** Lines up to which a template may be a chance find. */
export const RARE_LINES = 3;
const HOLE_TEXT = '<*>';

export function shapeOf(words: Int32Array, texts: readonly string[]): Shape {
  return { words, texts, traits: Uint8Array.from(texts, traitsOf), opened: new Uint8Array(words.length) };
}

export function rootOf(template: Template): Template {
  if (template.into === undefined) return template;
  let root = template.into;
  while (root.into !== undefined) root = root.into;
  // The next one finds it at once.
  for (let at = template; at.into !== undefined && at.into !== root;) {
    const next: Template = at.into;
    at.into = root;
    at = next;
  }
  return root;
}

export function isLive(template: Template): boolean {
  return template.into === undefined && !template.gone;
}

export function isRare({ lines }: Template): boolean {
  return lines <= RARE_LINES;
}

export function textOf({ texts, words, takesRest }: Template): string {
  const shown = texts.map((text, at) => (words[at] === HOLE ? HOLE_TEXT : text.replace(/=$/, '')));
  return (takesRest ? [...shown, HOLE_TEXT] : shown).join(' ');
}

export function constantsOf(words: Int32Array): number {
  let constants = 0;
  for (const word of words) if (word !== HOLE) constants++;
  return constants;
}

export function signatureOf(words: Int32Array): number {
  let signature = 0;
  for (const word of words) if (word !== HOLE) signature |= 1 << (Math.imul(word, 0x9e3779b1) >>> 27);
  return signature;
}

/** The shape with holes at `places`; neighbouring holes become one. */
export function withHole({ words, texts, traits, opened }: Shape, places: readonly number[]): Shape {
  const kept: number[] = [];
  const open: number[] = [];
  let lastIsHole = false;
  for (let at = 0; at < words.length; at++) {
    const made = places.includes(at);
    const isHole = made || words[at] === HOLE;
    const opens = made ? 1 : (opened[at] as number);
    if (isHole && lastIsHole) open[open.length - 1] = Math.max(open.at(-1) ?? 0, opens);
    else {
      kept.push(isHole ? -1 : at);
      open.push(opens);
    }
    lastIsHole = isHole;
  }
  return {
    words: Int32Array.from(kept, (at) => (at < 0 ? HOLE : (words[at] as number))),
    texts: kept.map((at) => texts[at] ?? ''),
    traits: Uint8Array.from(kept, (at) => traits[at] ?? 0),
    opened: Uint8Array.from(open),
  };
}

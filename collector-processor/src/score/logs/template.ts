import type { Hash64 } from '../../model/resource.ts';
import { HOLE } from './lanes.ts';
import { isProse } from './vocabulary.ts';

/** A kind of line: constant words and holes. */
export interface Template {
  readonly id: number;
  readonly words: Int32Array;
  /** Empty where there is a hole. */
  readonly texts: readonly string[];
  /** 1 where a hole was opened by merging: it takes any word. */
  readonly opened: Uint8Array;
  readonly constants: number;
  /** A bit for each constant word: what lacks one of them cannot fit. */
  readonly signature: number;
  /** Hash of its skeleton. */
  readonly low: number;
  readonly high: number;
  /** Takes everything that starts like it. */
  readonly takesRest: boolean;
  /** Stays over merges, see `inherit`: names the series that count its lines. */
  readonly lineage: Hash64;
  lines: number;
  lastUse: number;
  /** The template it was merged into. */
  into: Template | undefined;
  /** Dropped for want of room. */
  gone: boolean;
}

export interface Shape {
  readonly words: Int32Array;
  readonly texts: readonly string[];
  readonly opened: Uint8Array;
}

const HOLE_TEXT = '<*>';

export function rootOf(template: Template): Template {
  let root = template;
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

/** The shape with a hole at `place`; neighbouring holes become one. */
export function withHole({ words, texts, opened }: Shape, places: readonly number[]): Shape {
  const kept: { word: number; text: string; open: number }[] = [];
  for (let at = 0; at < words.length; at++) {
    const made = places.includes(at);
    const word = made ? HOLE : (words[at] as number);
    const open = made ? 1 : (opened[at] as number);
    const last = kept.at(-1);
    if (word === HOLE && last?.word === HOLE) last.open |= open;
    else kept.push({ word, text: word === HOLE ? '' : (texts[at] ?? ''), open });
  }
  return {
    words: Int32Array.from(kept, ({ word }) => word),
    texts: kept.map(({ text }) => text),
    opened: Uint8Array.from(kept, ({ open }) => open),
  };
}

export function hasProseAt(template: Template, place: number): boolean {
  return template.words[place] !== HOLE && isProse(template.texts[place] ?? '');
}

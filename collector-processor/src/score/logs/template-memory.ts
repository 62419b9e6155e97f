import type { Hash64 } from '../../model/resource.ts';
import type { TemplateMerger } from './template-merger.ts';
import type { TemplateOwners } from './template-owners.ts';
import type { TemplateStore } from './template-store.ts';
import { shapeOf, type Template } from './template.ts';

/** Raised when the hash of a line or a word changes: templates of another version are not known again. */
const VERSION = 1;

/** A piece of what is known about templates: plain data, and skeletons as three numbers each (hash, template's number). */
export interface SavedTemplates {
  readonly version: number;
  readonly templates: readonly SavedTemplate[];
  readonly skeletons: readonly number[];
}

type Pair = readonly [low: number, high: number];

interface SavedTemplate {
  readonly id: number;
  readonly owner: string;
  readonly words: readonly number[];
  readonly texts: readonly string[];
  readonly opened: readonly number[];
  readonly takesRest: boolean;
  readonly lines: number;
  readonly lineage: Pair;
  readonly kin: readonly Pair[];
}

export interface TemplateMemoryParts {
  readonly store: TemplateStore;
  readonly merger: TemplateMerger;
}

/** In one piece, so that writing it never holds up the event loop for long. */
const TEMPLATES_PER_PIECE = 256;
const SKELETONS_PER_PIECE = 4096;

/** All templates and skeletons as they are at the first step, a piece at a time, the longest unseen template first. */
export function* saveTemplates({ live, skeletons }: TemplateStore): Generator<SavedTemplates> {
  const templates = [...live].sort((a, b) => a.lastUse - b.lastUse);
  const known = skeletons.numbers();
  for (let first = 0; first < templates.length; first += TEMPLATES_PER_PIECE) {
    const piece = templates.slice(first, first + TEMPLATES_PER_PIECE).map(saved);
    yield { version: VERSION, templates: piece, skeletons: [] };
  }
  for (let first = 0; first < known.length; first += 3 * SKELETONS_PER_PIECE) {
    const skeletons = [...known.subarray(first, first + 3 * SKELETONS_PER_PIECE)];
    yield { version: VERSION, templates: [], skeletons };
  }
}

/** Takes a piece up; false when it has another version. What finds no room is left out. */
export function loadTemplates(
  { store, merger }: TemplateMemoryParts,
  owners: TemplateOwners,
  { version, templates, skeletons }: SavedTemplates,
): boolean {
  if (version !== VERSION) return false;
  for (const one of templates) {
    const owner = owners.named(one.owner);
    if (store.isFullFor(owner) || store.get(one.id) !== undefined) continue;
    const { id, lines, takesRest } = one;
    const heir = { id, lineage: hashOf(one.lineage) };
    const shape = { ...shapeOf(Int32Array.from(one.words), one.texts), opened: Uint8Array.from(one.opened) };
    merger.enter(store.add({ shape, owner, heir, kin: one.kin.map(hashOf), takesRest, lines }));
  }
  for (let at = 0; at + 2 < skeletons.length; at += 3) {
    const template = store.get(skeletons[at + 2] as number);
    if (template !== undefined) store.skeletons.set(skeletons[at] as number, skeletons[at + 1] as number, template);
  }
  return true;
}

function saved({ id, owner, words, texts, opened, takesRest, lines, lineage, kin }: Template): SavedTemplate {
  const shape = { words: [...words], texts, opened: [...opened] };
  return { id, owner: owner.key, ...shape, takesRest, lines, lineage: pairOf(lineage), kin: kin.map(pairOf) };
}

function pairOf({ low, high }: Hash64): Pair {
  return [low, high];
}

function hashOf([low, high]: Pair): Hash64 {
  return { low, high };
}

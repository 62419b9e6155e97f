import { type HoleIndex, placesOf } from './hole-index.ts';
import { HOLE, lanesOf } from './lanes.ts';
import { fits, isHole, MAX_LONGER, sharedHoles } from './merge-rules.ts';
import { settle, SETTLED_LINES } from './template-owners.ts';
import type { TemplateStore } from './template-store.ts';
import type { TemplateTrie } from './template-trie.ts';
import { isLive, RARE_LINES, type Shape, type Template, withHole } from './template.ts';

export interface TemplateMergerParts {
  readonly store: TemplateStore;
  readonly trie: TemplateTrie;
  readonly holes: HoleIndex;
}

const LESSER_SHARE = 1 / 8;
/** More words than this after a common start are no longer kinds of lines, if hardly one of them comes again. */
const WIDE = { afterOne: 100, afterMore: 20, rareShare: 0.75 };
/** Templates looked at, or one compared closely, or one taken out: a step of work, some microseconds. */
const TEMPLATES_PER_STEP = 256;
/** Jobs that may wait; a review that finds no place comes again when the template has twice as many lines. */
const MAX_WAITING = 200;

/**
 * Finds templates that are one kind, when a template is new and when it has grown. The work is cut into small steps, a few
 * of which are done with each line: usually all there are, and after a large merge the rest waits for the next lines.
 */
export class TemplateMerger {
  private readonly parts: TemplateMergerParts;
  private readonly jobs: Generator<void>[] = [];
  /** Merged templates that can still be met in the trie and the index, where they count for nothing. */
  private readonly ended: Template[] = [];

  constructor(parts: TemplateMergerParts) {
    this.parts = parts;
  }

  get waiting(): number {
    return this.jobs.length + this.ended.length;
  }

  /** Does so many steps of what waits. */
  work(steps: number): void {
    for (let left = steps; left > 0; left--) {
      const ended = this.ended.pop();
      if (ended !== undefined) this.takeOut(ended);
      else if (this.jobs.length === 0) return;
      else if (this.jobs[0]?.next().done === true) this.jobs.shift();
    }
  }

  /** Makes a template known. */
  enter(template: Template): void {
    this.parts.trie.insert(template);
    if (!template.takesRest) this.parts.holes.add(template);
  }

  takeOut(template: Template): void {
    const { trie, holes, store } = this.parts;
    trie.remove(template);
    if (template.takesRest) return;
    holes.remove(template);
    store.forget(template);
  }

  /** Makes a new one known, which is merged if that shows that it is no kind of its own. */
  register(template: Template): void {
    this.enter(template);
    this.jobs.push(this.place(template));
  }

  /** To be called whenever a template has reached a power of two lines. */
  grown(template: Template): void {
    const { lines } = template;
    if (lines === RARE_LINES + 1) this.parts.trie.noteOften(template);
    if (lines < SETTLED_LINES) return;
    if (lines === SETTLED_LINES) settle(template);
    if (!template.takesRest && this.jobs.length < MAX_WAITING) this.jobs.push(this.review(template));
  }

  private *place(template: Template): Generator<void> {
    if (!isLive(template) || this.mergeSomewhere(template)) return;
    yield;
    if (!isLive(template)) return;
    const shared = sharedHoles(template, this.alike(template));
    if (shared !== undefined) this.open(shared.members, shared.places);
    else yield* this.takeRest(template);
  }

  /** A template with many lines takes up rare ones that only look different in its holes. */
  private *review(template: Template): Generator<void> {
    const { live } = this.parts.store;
    const found: Template[] = [];
    for (let at = 0; at < live.length && template.constants >= 2; at++) {
      if (at % TEMPLATES_PER_STEP === TEMPLATES_PER_STEP - 1) yield;
      const other = live[at];
      if (other === undefined || !isLesser(template, other)) continue;
      if (fits(template, other)) found.push(other);
      yield;
    }
    if (!isLive(template)) return;
    const lesser = [...new Set(found)].filter((other) => isLive(other) && other !== template);
    if (lesser.length === 0) this.mergeSomewhere(template);
    else this.unite([template, ...lesser], template, false);
  }

  private mergeSomewhere(template: Template): boolean {
    for (let place = 0; place < placesOf(template); place++) {
      const alike = this.parts.holes.alike(template, place);
      if (alike.length < 2) continue;
      if (!isHole(alike, place, this.existsClosed(template, place))) continue;
      this.open(alike, [place]);
      return true;
    }
    return false;
  }

  /** Whether a hole beside this place already stands for lines that have nothing here. */
  private existsClosed(template: Template, place: number): boolean {
    const { words } = template;
    if (words[place - 1] !== HOLE && words[place + 1] !== HOLE) return false;
    return this.find(withHole(template, [place]).words) !== undefined;
  }

  private open(members: readonly Template[], places: readonly number[]): void {
    const [first] = members;
    if (first === undefined) return;
    const opened = first.opened.map((one, at) => Math.max(one, ...members.map((member) => member.opened[at] ?? 0)));
    const shape = withHole({ ...first, opened }, places);
    const same = this.find(shape.words);
    this.unite(same === undefined || members.includes(same) ? [...members] : [...members, same], shape, false);
  }

  private unite(members: readonly Template[], shape: Shape, takesRest: boolean): void {
    const { words, texts, traits, opened } = shape;
    const united = this.parts.store.unite(members, { words, texts, traits, opened }, takesRest);
    for (const member of members) this.ended.push(member);
    if (takesRest) this.enter(united);
    else this.register(united);
  }

  /** The template of lines that have exactly these words. */
  private find(words: Int32Array): Template | undefined {
    const { low, high } = lanesOf(words);
    return this.parts.store.skeletons.get(low, high) ?? this.parts.trie.exact(words);
  }

  private alike(template: Template): Template[] {
    return this.parts.store
      .startingLike(template)
      .filter((other) => other !== template && other.constants === template.constants && isLive(other));
  }

  /** Free text behind a common start: one kind, whatever follows. */
  private *takeRest(template: Template): Generator<void> {
    const { store, trie } = this.parts;
    const place = trie.widePlace(template, WIDE);
    if (place < 0) return;
    const found: Template[] = [];
    for (let at = 0; at < store.live.length; at++) {
      if (at % TEMPLATES_PER_STEP === TEMPLATES_PER_STEP - 1) yield;
      const other = store.live[at];
      if (other !== undefined && startsAlike(template, other, place)) found.push(other);
    }
    const below = [...new Set(found)].filter(isLive);
    if (below.length < 2) return;
    const { words, texts, traits, opened } = template;
    const start = { words: words.slice(0, place), texts: texts.slice(0, place), traits: traits.slice(0, place) };
    this.unite(below, { ...start, opened: opened.slice(0, place) }, true);
  }
}

/** Lines that are rare beside it, as long or little longer, with all of its constant words and some more. */
function isLesser({ words, signature, lines, constants }: Template, other: Template): boolean {
  const longer = other.words.length - words.length;
  return (
    longer >= 0 &&
    longer <= MAX_LONGER &&
    (other.signature & signature) === signature &&
    other.lines <= lines * LESSER_SHARE &&
    other.constants > constants &&
    !other.takesRest
  );
}

function startsAlike(one: Template, other: Template, places: number): boolean {
  if (other.words.length <= places) return false;
  for (let at = 0; at < places; at++) if (one.words[at] !== other.words[at]) return false;
  return true;
}

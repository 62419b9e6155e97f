import { type HoleIndex, placesOf } from './hole-index.ts';
import { HOLE, lanesOf } from './lanes.ts';
import { fits, isHole, MAX_LONGER, sharedHoles } from './merge-rules.ts';
import type { TemplateStore } from './template-store.ts';
import type { TemplateTrie } from './template-trie.ts';
import { type Template, withHole } from './template.ts';

export interface TemplateMergerParts {
  readonly store: TemplateStore;
  readonly trie: TemplateTrie;
  readonly holes: HoleIndex;
}

/** Lines after which a template is looked over, and again whenever it has twice as many. */
const FIRST_REVIEW = 8;
const LESSER_SHARE = 1 / 8;
/** More words than this after a common start are no longer kinds of lines, if hardly one of them comes again. */
const MAX_WORDS_AFTER_ONE = 100;
const MAX_WORDS_AFTER_MORE = 20;
const RARE_LINES = 2;
const RARE_SHARE = 0.75;

/** Finds templates that are one kind, when a template is new and when it has grown. */
export class TemplateMerger {
  private readonly parts: TemplateMergerParts;

  constructor(parts: TemplateMergerParts) {
    this.parts = parts;
  }

  /** Makes a template known. */
  enter(template: Template): void {
    this.parts.trie.insert(template);
    if (!template.takesRest) this.parts.holes.add(template);
  }

  /** The same for a new one, which is merged if that shows that it is no kind of its own. */
  register(template: Template): void {
    this.enter(template);
    if (this.mergeSomewhere(template)) return;
    const shared = sharedHoles(template, this.alike(template));
    if (shared !== undefined) this.open(shared.members, shared.places);
    else this.takeRest(template);
  }

  isReviewDue({ lines }: Template): boolean {
    return lines >= FIRST_REVIEW && (lines & (lines - 1)) === 0;
  }

  /** A template with many lines takes up rare ones that only look different in its holes. */
  review(template: Template): void {
    if (template.takesRest) return;
    const { store } = this.parts;
    const lesser: Template[] = [];
    if (template.constants >= 2) {
      for (const other of store.live()) if (isLesser(template, other) && fits(template, other)) lesser.push(other);
    }
    if (lesser.length === 0) this.mergeSomewhere(template);
    else this.register(store.unite([template, ...lesser], template, false));
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
    const { low, high } = lanesOf(withHole(template, [place]).words);
    return this.parts.store.find(low, high) !== undefined;
  }

  private open(members: readonly Template[], places: readonly number[]): void {
    const [first] = members;
    if (first === undefined) return;
    const opened = first.opened.map((one, at) => Math.max(one, ...members.map((member) => member.opened[at] ?? 0)));
    const shape = withHole({ words: first.words, texts: first.texts, opened }, places);
    const { low, high } = lanesOf(shape.words);
    const same = this.parts.store.find(low, high);
    const all = same === undefined || members.includes(same) ? members : [...members, same];
    this.register(this.parts.store.unite(all, shape, false));
  }

  private alike(template: Template): Template[] {
    return this.parts.store
      .startingLike(template)
      .filter((other) => other !== template && other.constants === template.constants);
  }

  /** Free text behind a common start: one kind, whatever follows. */
  private takeRest(template: Template): void {
    const { store, trie } = this.parts;
    const place = trie.widePlace(template, MAX_WORDS_AFTER_ONE, MAX_WORDS_AFTER_MORE);
    if (place < 0) return;
    const below: Template[] = [];
    for (const other of store.live()) if (startsAlike(template, other, place)) below.push(other);
    const rare = below.filter(({ lines }) => lines <= RARE_LINES);
    if (rare.length < RARE_SHARE * below.length) return;
    const { words, texts, opened } = template;
    const shape = { words: words.slice(0, place), texts: texts.slice(0, place), opened: opened.slice(0, place) };
    this.enter(store.unite(below, shape, true));
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

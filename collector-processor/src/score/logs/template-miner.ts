import type { Hash64 } from '../../model/resource.ts';
import { HoleIndex } from './hole-index.ts';
import { findMessage, isJsonObject, readJsonKeys } from './json-body.ts';
import { LineKey } from './line-key.ts';
import { findMapMessage, readMapKeys } from './map-body.ts';
import { Skeleton } from './skeleton.ts';
import { TemplateCache } from './template-cache.ts';
import { loadTemplates, saveTemplates, type SavedTemplates } from './template-memory.ts';
import { TemplateMerger } from './template-merger.ts';
import { createTemplateOwner, type TemplateOwner, type TemplateOwners } from './template-owners.ts';
import { type TemplateLimits, TemplateStore } from './template-store.ts';
import { TemplateTrie } from './template-trie.ts';
import { shapeOf, type Template, textOf } from './template.ts';

export interface TemplateMinerOptions extends TemplateLimits {
  /** New templates of one service between two calls of `startStep`. */
  readonly maxNewTemplates: number;
}

/**
 * Finds the kind of a log line. A kind has a number in this process. Kinds are found to be one when more of their lines
 * have come; a number that was given before is then read through `current`.
 */
export interface TemplateMiner {
  /** Number of the kind of the line bytes[start, end), as far as it is known now; OTHER for one too many of its service. */
  learn(bytes: Uint8Array, start: number, end: number, owner: TemplateOwner): number;
  /** The same for an AnyValue message that is no text: of a map the message or else the keys; all others are of one kind. */
  learnValue(bytes: Uint8Array, start: number, end: number, owner: TemplateOwner): number;
  /** Where the text that was learned last goes on with another line, or a very long one was cut; its end otherwise. */
  readonly readTo: number;
  /** Every service may bring new kinds again. */
  startStep(): void;
  /** What a number given earlier stands for now: the kind it was merged into, or -1 when that was dropped. */
  current(id: number): number;
  /** Stays over merges and restarts: that of the member that had most lines. */
  hash(id: number): Hash64;
  /** Hashes of what was merged into it. */
  kin(id: number): readonly Hash64[];
  /** Constant words and `<*>` for what varies. */
  text(id: number): string;
  /** What is known, piece by piece; to be loaded into an empty miner. False: it is of another version and not used. */
  save(): Iterable<SavedTemplates>;
  load(piece: SavedTemplates, owners: TemplateOwners): boolean;
  readonly size: number;
  /** Kinds that were found to be part of another, and kinds dropped for want of room. */
  readonly merges: number;
  readonly evictions: number;
  /** Lines that were one too many. */
  readonly others: number;
  /** Merges that wait for more lines to come, so as not to hold up one of them. */
  readonly waiting: number;
}

/** Number of the kind that stands for all that a service has too many of. */
export const OTHER = 0;
const OTHER_TEXT = '(other)';

/** Nodes of the trie, groups that differ in one place, and keys of lines, for each template on average. */
const NODES = 16;
const GROUPS = 24;
const KEYS = 8;
/** Room for one line of any length. */
const LEAST_ROOM = 1024;
/** Templates that may go for one new one, whose words may take the room of several. */
const MAX_VICTIMS = 4;
/** Steps of merging that are done with one line. */
const STEPS_PER_LINE = 48;

const NOWHERE: Hash64 = { low: 0, high: 0 };

/**
 * The key of a line, or else its skeleton (see line-key.ts, tokenizer.ts), names its template; nearly all lines end there.
 * A skeleton that was not seen before goes through a trie of templates, where holes that were opened take any word; what
 * fits nowhere is a template of its own, until it shows that it is not (see merge-rules.ts).
 */
export function createTemplateMiner(options: TemplateMinerOptions): TemplateMiner {
  const { maxTemplates, maxNewTemplates } = options;
  const key = new LineKey();
  const skeleton = new Skeleton();
  const keys = new TemplateCache(maxTemplates * KEYS);
  const store = new TemplateStore(options);
  const trie = new TemplateTrie(LEAST_ROOM + maxTemplates * NODES);
  const holes = new HoleIndex(LEAST_ROOM + maxTemplates * GROUPS);
  const merger = new TemplateMerger({ store, trie, holes });
  const owned = createTemplateOwner();
  const unnamed = { owner: owned, kin: [], takesRest: false, lines: 0 };
  const other = new TemplateStore({ maxTemplates: 1, maxTemplatesPerService: 1 }).add({
    ...unnamed,
    shape: shapeOf(Int32Array.of(1), [OTHER_TEXT]),
  });
  let step = 0;
  let others = 0;

  function makeRoom(owner: TemplateOwner): boolean {
    for (let victims = 0; victims <= MAX_VICTIMS; victims++) {
      if (!store.isFullFor(owner) && !trie.isFull && !holes.isFull) return true;
      const victim = store.victimFor(owner);
      if (victim === undefined) return false;
      store.drop(victim);
      merger.takeOut(victim);
    }
    return false;
  }

  function mayBringMore(owner: TemplateOwner): boolean {
    if (owner.step !== step) {
      owner.step = step;
      owner.born = 0;
    }
    return owner.born < maxNewTemplates;
  }

  function meet(owner: TemplateOwner): Template {
    const known = trie.match(skeleton);
    if (known !== undefined) {
      store.skeletons.set(skeleton.low, skeleton.high, known);
      return known;
    }
    if (!mayBringMore(owner) || !makeRoom(owner)) return other;
    owner.born++;
    const shape = shapeOf(skeleton.words.slice(0, skeleton.count), skeleton.texts());
    const template = store.add({ ...unnamed, shape, owner });
    merger.register(template);
    return template;
  }

  function count(template: Template): number {
    if (template === other) {
      others++;
      return OTHER;
    }
    const lines = store.note(template);
    if ((lines & (lines - 1)) === 0) merger.grown(template);
    if (merger.waiting > 0) merger.work(STEPS_PER_LINE);
    let root = template;
    while (root.into !== undefined) root = root.into;
    return root.id;
  }

  const find = (id: number): Template | undefined => (id === OTHER ? other : store.get(id));

  /** What a skeleton that was just read stands for. */
  function templateOf(owner: TemplateOwner): Template {
    return store.skeletons.get(skeleton.low, skeleton.high) ?? meet(owner);
  }

  function learnText(bytes: Uint8Array, start: number, end: number, owner: TemplateOwner): number {
    const { low, high } = key.read(bytes, start, end);
    const known = keys.get(low, high);
    if (known !== undefined) return count(known);
    skeleton.read(bytes, start, end);
    const template = templateOf(owner);
    if (template !== other) keys.set(low, high, template);
    return count(template);
  }

  return {
    learn(bytes, start, end, owner) {
      if (!isJsonObject(bytes, start, end)) return learnText(bytes, start, end, owner);
      const message = findMessage(bytes, start, end);
      if (message !== undefined) return learnText(bytes, message.start, message.end, owner);
      skeleton.start(bytes);
      readJsonKeys(bytes, start, end, skeleton);
      skeleton.finish();
      return count(templateOf(owner));
    },
    learnValue(bytes, start, end, owner) {
      const message = findMapMessage(bytes, start, end);
      if (message !== undefined) return learnText(bytes, message.start, message.end, owner);
      skeleton.start(bytes);
      readMapKeys(bytes, start, end, skeleton);
      if (skeleton.count === 0) skeleton.hole();
      skeleton.finish();
      return count(templateOf(owner));
    },
    startStep() {
      step++;
    },
    current: (id) => (id === OTHER ? OTHER : (store.get(id)?.id ?? -1)),
    hash: (id) => find(id)?.lineage ?? NOWHERE,
    kin: (id) => find(id)?.kin ?? [],
    text(id) {
      const template = find(id);
      return template === undefined ? '' : textOf(template);
    },
    save: () => saveTemplates(store),
    load: (piece, owners) => loadTemplates({ store, merger }, owners, piece),
    get readTo() {
      return key.end;
    },
    get size() {
      return store.size;
    },
    get merges() {
      return store.merges;
    },
    get evictions() {
      return store.evictions;
    },
    get others() {
      return others;
    },
    get waiting() {
      return merger.waiting;
    },
  };
}

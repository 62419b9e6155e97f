import type { Hash64 } from '../../model/resource.ts';
import { HoleIndex } from './hole-index.ts';
import { Skeleton } from './skeleton.ts';
import { TemplateMerger } from './template-merger.ts';
import { TemplateStore } from './template-store.ts';
import { TemplateTrie } from './template-trie.ts';
import { rootOf, type Template, textOf } from './template.ts';

/**
 * Finds the kind of a log line. A kind has a number in this process. Kinds are found to be one when more of their lines
 * have come; a number that was given before is then read through `current`.
 */
export interface TemplateMiner {
  /** Number of the kind of the line bytes[start, end), as far as it is known now. */
  learn(bytes: Uint8Array, start: number, end: number): number;
  /** What a number given earlier stands for now: the kind it was merged into, or -1 when that was dropped. */
  current(id: number): number;
  /** Stays over merges and restarts: that of the member that had most lines. */
  hash(id: number): Hash64;
  /** Constant words and `<*>` for what varies. */
  text(id: number): string;
  readonly size: number;
  /** Kinds that were found to be part of another, and kinds dropped for want of room. */
  readonly merges: number;
  readonly evictions: number;
}

/** Nodes of the trie, and groups that differ in one place, for each template on average. */
const NODES = 16;
const GROUPS = 24;
/** When there is no room, so many of the most recently seen are kept. */
const KEPT_SHARE = 0.75;
/** Room for one line of any length. */
const LEAST_ROOM = 1024;

const NOWHERE: Hash64 = { low: 0, high: 0 };

/**
 * The skeleton of a line (see tokenizer.ts) names its template; nearly all lines end there. A skeleton that was not seen
 * before goes through a trie of templates, where holes that were opened take any word; what fits nowhere is a template of
 * its own, until it shows that it is not (see merge-rules.ts).
 */
export function createTemplateMiner(maxTemplates: number): TemplateMiner {
  const skeleton = new Skeleton();
  const store = new TemplateStore(maxTemplates);
  const trie = new TemplateTrie(LEAST_ROOM + maxTemplates * NODES);
  const holes = new HoleIndex(LEAST_ROOM + maxTemplates * GROUPS);
  const merger = new TemplateMerger({ store, trie, holes });

  /** Forgets what was merged; when that is not enough, what was not seen for longest. */
  function makeRoom(): void {
    for (let kept = store.isFull ? KEPT_SHARE : 1; ; kept = KEPT_SHARE) {
      store.sweep(Math.floor(store.size * kept));
      trie.clear();
      holes.clear();
      for (const template of store.live()) merger.enter(template);
      if (store.size === 0 || Math.max(trie.used, holes.used) <= KEPT_SHARE) return;
    }
  }

  function meet(): Template {
    const known = trie.match(skeleton);
    if (known !== undefined) {
      store.alias(skeleton.low, skeleton.high, known);
      return known;
    }
    if (store.isFull || store.isCluttered || trie.isFull || holes.isFull) makeRoom();
    const words = skeleton.words.slice(0, skeleton.count);
    const opened = new Uint8Array(words.length);
    const template = store.add({ words, texts: skeleton.texts(), opened, takesRest: false, lines: 0 });
    merger.register(template);
    return rootOf(template);
  }

  return {
    learn(bytes, start, end) {
      skeleton.read(bytes, start, end);
      const template = store.find(skeleton.low, skeleton.high) ?? meet();
      store.note(template);
      if (merger.isReviewDue(template)) merger.review(template);
      return rootOf(template).id;
    },
    current: (id) => store.get(id)?.id ?? -1,
    hash: (id) => store.get(id)?.lineage ?? NOWHERE,
    text(id) {
      const template = store.get(id);
      return template === undefined ? '' : textOf(template);
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
  };
}

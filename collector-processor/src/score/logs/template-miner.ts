import type { Hash64 } from '../../model/resource.ts';
import { HashTable } from '../state/hash-table.ts';
import { Hasher } from '../state/hash64.ts';
import { tokenize, type TokenSink } from './tokenizer.ts';

/** Finds the kind of a log line. Ids are small numbers of this process; `hash` is stable over restarts. */
export interface TemplateMiner {
  /** Id of the template of the line bytes[start, end); -1 when there is no room for a new one. */
  learn(bytes: Uint8Array, start: number, end: number): number;
  hash(id: number): Hash64;
  /** Constant words and `<*>` for what varies. */
  text(id: number): string;
  readonly size: number;
}

const HOLE = '<*>';
const MAX_WORDS = 60;
/** When the table is full, so many of the least recently seen templates are dropped at once. */
const SWEPT_SHARE = 0.25;

interface Template {
  readonly hash: Hash64;
  readonly text: string;
}

/**
 * A template is the skeleton of constant words of a line, found by its hash. Lines of one kind whose words vary without a
 * digit in them become several templates; a miner that merges such templates fits behind the same interface.
 */
export function createSkeletonMiner(maxTemplates: number): TemplateMiner {
  const table = new HashTable(maxTemplates);
  const templates: (Template | undefined)[] = [];
  const lastUse = new Float64Array(maxTemplates);
  const freeIds: number[] = [];
  const skeleton = new SkeletonHash();
  let uses = 0;

  function sweep(): void {
    const order = [...templates.keys()].filter((id) => templates[id] !== undefined);
    order.sort((a, b) => (lastUse[a] as number) - (lastUse[b] as number));
    for (const id of order.slice(0, Math.ceil(maxTemplates * SWEPT_SHARE))) {
      const template = templates[id];
      if (template !== undefined) table.delete(template.hash.low, template.hash.high);
      templates[id] = undefined;
      freeIds.push(id);
    }
  }

  return {
    learn(bytes, start, end) {
      const { low, high } = skeleton.of(bytes, start, end);
      let id = table.get(low, high);
      if (id < 0) {
        if (table.size >= maxTemplates) sweep();
        id = freeIds.pop() ?? templates.length;
        templates[id] = { hash: { low, high }, text: templateText(bytes, start, end) };
        table.set(low, high, id);
      }
      lastUse[id] = uses++;
      return id;
    },
    hash: (id) => templates[id]?.hash ?? { low: 0, high: 0 },
    text: (id) => templates[id]?.text ?? '',
    get size() {
      return table.size;
    },
  };
}

class SkeletonHash implements TokenSink {
  private readonly hasher = new Hasher();

  of(bytes: Uint8Array, start: number, end: number): Hasher {
    this.hasher.reset(0x9747b28c, 0x3c6ef372);
    tokenize(bytes, start, end, this);
    return this.hasher;
  }

  word(_bytes: Uint8Array, start: number, end: number, hash: number): void {
    this.hasher.mix(hash, end - start);
  }

  hole(): void {
    this.hasher.mix(0x2a, 0);
  }
}

function templateText(bytes: Uint8Array, start: number, end: number): string {
  const words: string[] = [];
  const decoder = new TextDecoder();
  tokenize(bytes, start, end, {
    word: (source, from, to) => words.push(decoder.decode(source.subarray(from, to))),
    hole: () => words.push(HOLE),
  });
  return words.slice(0, MAX_WORDS).join(' ');
}

import { HashTable } from '../state/hash-table.ts';
import { HOLE } from './lanes.ts';
import type { Template } from './template.ts';

export const ROOT = 0;

/** The nodes of a trie of words in typed arrays. A node that nothing hangs on any more is used again. */
export class TrieNodes {
  /** Template that ends at the node, and one that takes all that comes below. */
  readonly leaves: (Template | undefined)[] = [undefined];
  readonly rests: (Template | undefined)[] = [undefined];
  private readonly table: HashTable;
  private readonly parents: Int32Array;
  private readonly edges: Int32Array;
  /** Different words that followed, also those of templates that have been merged since. */
  private readonly widths: Int32Array;
  /** Templates at the node and below, and how many of them are rare. */
  private readonly totals: Int32Array;
  private readonly rares: Int32Array;
  private readonly unused: number[] = [];
  private used = 1;

  constructor(maxNodes: number) {
    this.table = new HashTable(maxNodes);
    this.parents = new Int32Array(maxNodes + 1);
    this.edges = new Int32Array(maxNodes + 1);
    this.widths = new Int32Array(maxNodes + 1);
    this.totals = new Int32Array(maxNodes + 1);
    this.rares = new Int32Array(maxNodes + 1);
  }

  get free(): number {
    return this.table.capacity - this.table.size;
  }

  /** -1 when there is none. */
  child(node: number, word: number): number {
    return this.table.get(placeOf(node, word), node);
  }

  /** The child, made when there is none. */
  grow(node: number, word: number): number {
    const known = this.child(node, word);
    if (known >= 0) return known;
    const child = this.unused.pop() ?? this.used++;
    this.table.set(placeOf(node, word), node, child);
    this.leaves[child] = this.rests[child] = undefined;
    this.parents[child] = node;
    this.widths[child] = 0;
    this.edges[child] = word;
    if (word !== HOLE) this.widths[node] = (this.widths[node] as number) + 1;
    return child;
  }

  /** Counts templates from a node up to the root, and takes away what holds none any more. */
  count(from: number, templates: number, rare: number): void {
    for (let node = from; ;) {
      const total = (this.totals[node] = (this.totals[node] as number) + templates);
      this.rares[node] = (this.rares[node] as number) + rare;
      if (node === ROOT) return;
      const parent = this.parents[node] as number;
      if (total === 0) this.remove(node, parent);
      node = parent;
    }
  }

  width(node: number): number {
    return this.widths[node] as number;
  }

  /** Of the templates at the node and below. */
  rareShare(node: number): number {
    return (this.rares[node] as number) / Math.max(1, this.totals[node] as number);
  }

  /** Nodes from the root to this one. */
  path(node: number): number[] {
    const path = [node];
    for (let at = node; at !== ROOT;) path.push((at = this.parents[at] as number));
    return path.reverse();
  }

  private remove(node: number, parent: number): void {
    this.table.delete(placeOf(parent, this.edges[node] as number), parent);
    this.leaves[node] = this.rests[node] = undefined;
    this.unused.push(node);
  }
}

/** Spreads the children of a node over the table. */
function placeOf(node: number, word: number): number {
  return Math.imul(node, 0x9e3779b1) ^ word;
}

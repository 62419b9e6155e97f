import { HashTable } from '../state/hash-table.ts';
import { HOLE } from './lanes.ts';
import { MAX_TOKENS, type Skeleton } from './skeleton.ts';
import { isLive, type Template } from './template.ts';
import { isValue } from './vocabulary.ts';

const ROOT = 0;
/** Nodes looked at for one line. */
const MAX_STEPS = 200;
const MAX_STRAYS = 8;
/** A hole that was typed so far takes a strange word only in a template with so many lines. */
const SETTLED_LINES = 8;

/** Words in holes, from the first place to the last: finds the template of a line whose skeleton was not seen before. */
export class TemplateTrie {
  private readonly table: HashTable;
  private readonly leaves: (Template | undefined)[] = [undefined];
  /** Template that takes all that comes below. */
  private readonly rests: (Template | undefined)[] = [undefined];
  private readonly widths: Int32Array;
  private nodes = 1;
  private steps = 0;
  /** Places of the template at which the line has a word for its hole, and what it has there. */
  private readonly strayPlaces = new Int32Array(MAX_STRAYS);
  private readonly strayTokens = new Int32Array(MAX_STRAYS);
  /** 1: beside a hole of its own. */
  private readonly strayPairs = new Uint8Array(MAX_STRAYS);

  constructor(maxNodes: number) {
    this.table = new HashTable(maxNodes);
    this.widths = new Int32Array(maxNodes + 1);
  }

  clear(): void {
    this.table.clear();
    this.leaves.length = 1;
    this.rests.length = 1;
    this.leaves[ROOT] = this.rests[ROOT] = undefined;
    this.widths.fill(0);
    this.nodes = 1;
  }

  get isFull(): boolean {
    return this.nodes + MAX_TOKENS > this.table.capacity;
  }

  /** Share of the room. */
  get used(): number {
    return this.nodes / this.table.capacity;
  }

  insert(template: Template): void {
    let node = ROOT;
    for (const word of template.words) {
      let child = this.child(node, word);
      if (child < 0) {
        if (!this.table.set(placeOf(node, word), node, this.nodes)) return;
        child = this.nodes++;
        this.leaves[child] = this.rests[child] = undefined;
        if (word !== HOLE) this.widths[node] = (this.widths[node] as number) + 1;
      }
      node = child;
    }
    if (template.takesRest) this.rests[node] = template;
    else this.leaves[node] = template;
  }

  /** First place of a template where more words follow than allowed after one constant word, or after more; else -1. */
  widePlace({ words }: Template, afterOne: number, afterMore: number): number {
    let node = ROOT;
    let constants = 0;
    for (let at = 0; at < words.length; at++) {
      const width = this.widths[node] as number;
      if (constants > 0 && width > (constants === 1 ? afterOne : afterMore)) return at;
      const word = words[at] as number;
      if (word !== HOLE) constants++;
      node = this.child(node, word);
      if (node < 0) return -1;
    }
    return -1;
  }

  match(line: Skeleton): Template | undefined {
    this.steps = MAX_STEPS;
    return this.walk(line, ROOT, 0, 0, 0);
  }

  private walk(line: Skeleton, node: number, at: number, depth: number, strays: number): Template | undefined {
    if (--this.steps < 0) return undefined;
    if (at === line.count) {
      const leaf = this.leaves[node];
      return leaf !== undefined && isLive(leaf) && this.takesStrays(line, leaf, strays) ? leaf : undefined;
    }
    const word = line.words[at] as number;
    const child = this.child(node, word);
    const found = child < 0 ? undefined : this.walk(line, child, at + 1, depth + 1, strays);
    if (found !== undefined) return found;
    const hole = word === HOLE ? child : this.child(node, HOLE);
    const below = hole < 0 ? undefined : this.fill(line, hole, at, depth, strays);
    if (below !== undefined) return below;
    const rest = this.rests[node];
    return rest !== undefined && isLive(rest) ? rest : undefined;
  }

  /** A hole takes one word; an opened one also a word and the hole beside it, since neighbouring holes are one. */
  private fill(line: Skeleton, hole: number, at: number, depth: number, strays: number): Template | undefined {
    if (strays >= MAX_STRAYS) return undefined;
    const word = line.words[at] as number;
    const next = at + 1 < line.count ? (line.words[at + 1] as number) : -1;
    if (word === HOLE) {
      if (next === -1) return undefined;
      this.stray(strays, depth, at + 1, 1);
      const third = at + 2 < line.count && line.words[at + 2] === HOLE ? 1 : 0;
      return this.walk(line, hole, at + 2 + third, depth + 1, strays + 1);
    }
    this.stray(strays, depth, at, 0);
    const alone = this.walk(line, hole, at + 1, depth + 1, strays + 1);
    if (alone !== undefined || next !== HOLE) return alone;
    this.stray(strays, depth, at, 1);
    return this.walk(line, hole, at + 2, depth + 1, strays + 1);
  }

  private stray(index: number, place: number, token: number, paired: number): void {
    this.strayPlaces[index] = place;
    this.strayTokens[index] = token;
    this.strayPairs[index] = paired;
  }

  /** -1 when there is none. */
  private child(node: number, word: number): number {
    return this.table.get(placeOf(node, word), node);
  }

  private takesStrays(line: Skeleton, { opened, constants, lines }: Template, strays: number): boolean {
    let strange = 0;
    for (let i = 0; i < strays; i++) {
      if (opened[this.strayPlaces[i] as number] === 1) continue;
      if (this.strayPairs[i] === 1) return false;
      if (!isValue(line.textOf(this.strayTokens[i] as number))) return false;
      strange++;
    }
    return strange === 0 || (constants >= 2 && strange <= constants / 2 && lines >= SETTLED_LINES);
  }
}

/** Spreads the children of a node over the table. */
function placeOf(node: number, word: number): number {
  return Math.imul(node, 0x9e3779b1) ^ word;
}

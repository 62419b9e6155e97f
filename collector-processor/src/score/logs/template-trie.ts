import { HOLE } from './lanes.ts';
import { MAX_TOKENS, type Skeleton } from './skeleton.ts';
import { SETTLED_LINES } from './template-owners.ts';
import { isLive, isRare, type Template } from './template.ts';
import { ROOT, TrieNodes } from './trie-nodes.ts';
import { isValue } from './vocabulary.ts';

/** Nodes looked at for one line. */
const MAX_STEPS = 200;
const MAX_STRAYS = 8;
/** Room for a new template and those it may be merged into at once. */
const HEADROOM = 4 * MAX_TOKENS;

export interface Width {
  readonly afterOne: number;
  readonly afterMore: number;
  readonly rareShare: number;
}

/** Words and holes, from the first place to the last: finds the template of a line whose skeleton was not seen before. */
export class TemplateTrie {
  private readonly nodes: TrieNodes;
  private steps = 0;
  /** Places of the template at which the line has a word for its hole, and what it has there. */
  private readonly strayPlaces = new Int32Array(MAX_STRAYS);
  private readonly strayTokens = new Int32Array(MAX_STRAYS);
  /** 1: beside a hole of its own. */
  private readonly strayPairs = new Uint8Array(MAX_STRAYS);

  constructor(maxNodes: number) {
    this.nodes = new TrieNodes(maxNodes);
  }

  get isFull(): boolean {
    return this.nodes.free < HEADROOM;
  }

  insert(template: Template): void {
    const { nodes } = this;
    if (nodes.free < template.words.length) return;
    let node = ROOT;
    for (const word of template.words) node = nodes.grow(node, word);
    if (template.takesRest) nodes.rests[node] = template;
    else nodes.leaves[node] = template;
    template.node = node;
    nodes.count(node, 1, isRare(template) ? 1 : 0);
  }

  remove(template: Template): void {
    const { nodes } = this;
    const { node } = template;
    if (node < 0) return;
    template.node = -1;
    if (nodes.leaves[node] === template) nodes.leaves[node] = undefined;
    if (nodes.rests[node] === template) nodes.rests[node] = undefined;
    nodes.count(node, -1, isRare(template) ? -1 : 0);
  }

  /** To be called when a template is no longer rare. */
  noteOften({ node }: Template): void {
    if (node >= 0) this.nodes.count(node, 0, -1);
  }

  /** The template of exactly these words. */
  exact(words: Int32Array): Template | undefined {
    let node = ROOT;
    for (let at = 0; at < words.length && node >= 0; at++) node = this.nodes.child(node, words[at] as number);
    const leaf = node < 0 ? undefined : this.nodes.leaves[node];
    return leaf !== undefined && isLive(leaf) ? leaf : undefined;
  }

  /**
   * First place of a template where more words follow than allowed after one constant word, or after more, if at least
   * this share of the templates there is rare; else -1.
   */
  widePlace({ words, node }: Template, { afterOne, afterMore, rareShare }: Width): number {
    if (node < 0) return -1;
    const path = this.nodes.path(node);
    let constants = 0;
    for (let at = 0; at < words.length; at++) {
      const here = path[at] as number;
      const most = constants === 0 ? Infinity : constants === 1 ? afterOne : afterMore;
      if (this.nodes.width(here) > most) return this.nodes.rareShare(here) >= rareShare ? at : -1;
      if (words[at] !== HOLE) constants++;
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
      const leaf = this.nodes.leaves[node];
      return leaf !== undefined && isLive(leaf) && this.takesStrays(line, leaf, strays) ? leaf : undefined;
    }
    const word = line.words[at] as number;
    const child = this.nodes.child(node, word);
    const found = child < 0 ? undefined : this.walk(line, child, at + 1, depth + 1, strays);
    if (found !== undefined) return found;
    const hole = word === HOLE ? child : this.nodes.child(node, HOLE);
    const below = hole < 0 ? undefined : this.fill(line, hole, at, depth, strays);
    if (below !== undefined) return below;
    const rest = this.nodes.rests[node];
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

  /** A hole that was typed so far takes a strange word only in a settled template. */
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

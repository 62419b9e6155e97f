import { HashTable } from '../state/hash-table.ts';
import { isLive, rootOf, type Template } from './template.ts';

const KEPT_SHARE = 0.5;

/** From the hash of a skeleton to the template of lines that have it; when full, the half that was seen last is kept. */
export class SkeletonTable {
  private readonly table: HashTable;
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  private readonly lastUse: Float64Array;
  private templates: Template[] = [];

  constructor(capacity: number) {
    this.table = new HashTable(capacity);
    this.lows = new Int32Array(capacity);
    this.highs = new Int32Array(capacity);
    this.lastUse = new Float64Array(capacity);
  }

  get size(): number {
    return this.table.size;
  }

  /** The live template, or undefined. */
  get(low: number, high: number, now: number): Template | undefined {
    const place = this.table.get(low, high);
    if (place < 0) return undefined;
    let template = this.templates[place] as Template;
    if (template.into !== undefined) {
      template = rootOf(template);
      this.templates[place] = template;
    }
    if (template.gone) return undefined;
    this.lastUse[place] = now;
    return template;
  }

  set(low: number, high: number, template: Template, now: number): void {
    let place = this.table.get(low, high);
    if (place < 0) {
      if (this.table.size >= this.table.capacity) this.sweep(KEPT_SHARE);
      place = this.table.size;
      this.table.set(low, high, place);
    }
    this.lows[place] = low;
    this.highs[place] = high;
    this.templates[place] = template;
    this.lastUse[place] = now;
  }

  /** Drops those of templates that are gone, and the least recently seen beyond a share of the room. */
  sweep(share = 1): void {
    const entries = this.entries().filter(({ template }) => isLive(template));
    const most = Math.floor(this.table.capacity * share);
    if (entries.length > most) entries.sort((a, b) => b.lastUse - a.lastUse);
    this.table.clear();
    this.templates = [];
    for (const { low, high, template, lastUse } of entries.slice(0, most)) this.set(low, high, template, lastUse);
  }

  entries(): { low: number; high: number; template: Template; lastUse: number }[] {
    return this.templates.map((template, place) => ({
      low: this.lows[place] as number,
      high: this.highs[place] as number,
      template: rootOf(template),
      lastUse: this.lastUse[place] as number,
    }));
  }
}

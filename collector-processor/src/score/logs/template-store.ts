import { lanesOf } from './lanes.ts';
import { SkeletonTable } from './skeleton-table.ts';
import { constantsOf, isLive, rootOf, type Shape, signatureOf, type Template } from './template.ts';

/** Skeletons remembered for each template, and numbers in use (those of merged ones too), on average. */
const SKELETONS = 4;
const NUMBERS = 3;
/** Templates of one length and first word that are looked at together. */
const MAX_ALIKE = 100;
const REST = 0x72657374;

export interface NewTemplate extends Shape {
  /** Goes on as this one. */
  readonly heir?: Template;
  readonly takesRest: boolean;
  readonly lines: number;
}

/** The templates by number and by skeleton. Bounded: what was not seen for longest makes room, which is counted. */
export class TemplateStore {
  readonly skeletons: SkeletonTable;
  size = 0;
  merges = 0;
  evictions = 0;
  private readonly maxTemplates: number;
  private readonly templates: (Template | undefined)[] = [];
  private readonly freeIds: number[] = [];
  private readonly byStart = new Map<number, Template[]>();
  private now = 0;

  constructor(maxTemplates: number) {
    this.maxTemplates = maxTemplates;
    this.skeletons = new SkeletonTable(maxTemplates * SKELETONS);
  }

  get isFull(): boolean {
    return this.size >= this.maxTemplates;
  }

  /** Too many numbers of merged templates are still known. */
  get isCluttered(): boolean {
    return this.templates.length - this.freeIds.length >= this.maxTemplates * NUMBERS;
  }

  /** What a number stands for after merges. */
  get(id: number): Template | undefined {
    const template = this.templates[id];
    const root = template === undefined ? undefined : rootOf(template);
    return root === undefined || root.gone ? undefined : root;
  }

  find(low: number, high: number): Template | undefined {
    return this.skeletons.get(low, high, this.now);
  }

  note(template: Template): void {
    template.lines++;
    template.lastUse = ++this.now;
  }

  /** Lines with this skeleton are of this template from now on. */
  alias(low: number, high: number, template: Template): void {
    this.skeletons.set(low, high, template, this.now);
  }

  *live(): Generator<Template> {
    for (const template of this.templates) if (template !== undefined && isLive(template)) yield template;
  }

  /** Some live templates of the same length that start with the same word, the newest ones. */
  startingLike(template: Template): readonly Template[] {
    return (this.byStart.get(startOf(template.words)) ?? []).filter(isLive);
  }

  add({ words, texts, opened, heir, takesRest, lines }: NewTemplate): Template {
    const { low, high } = lanesOf(takesRest ? Int32Array.of(...words, REST) : words);
    const id = heir?.id ?? this.freeIds.pop() ?? this.templates.length;
    const template: Template = {
      ...{ id, words, texts, opened, takesRest, low, high, lines, lastUse: this.now, into: undefined, gone: false },
      ...{ constants: constantsOf(words), signature: signatureOf(words), lineage: heir?.lineage ?? { low, high } },
    };
    this.templates[id] = template;
    this.size++;
    if (!takesRest) {
      this.alias(low, high, template);
      this.noteStart(template);
    }
    return template;
  }

  /** One template in place of several; it goes on as the one that had most lines. */
  unite(members: readonly Template[], shape: Shape, takesRest: boolean): Template {
    const heir = members.reduce((best, one) => (one.lines > best.lines ? one : best));
    const lines = members.reduce((sum, one) => sum + one.lines, 0);
    const united = this.add({ ...shape, heir, takesRest, lines });
    for (const member of members) {
      member.into = united;
      this.size--;
    }
    this.merges += members.length - 1;
    return united;
  }

  /** Keeps so many, the most recently seen ones, and forgets merged numbers. What is kept has to be entered anew. */
  sweep(kept: number): void {
    const order = [...this.live()].sort((a, b) => b.lastUse - a.lastUse);
    for (const template of order.slice(kept)) {
      template.gone = true;
      this.size--;
      this.evictions++;
    }
    for (const [id, template] of this.templates.entries()) {
      if (template === undefined || isLive(template)) continue;
      this.templates[id] = undefined;
      this.freeIds.push(id);
    }
    this.skeletons.sweep();
    this.byStart.clear();
    for (const template of this.live()) if (!template.takesRest) this.noteStart(template);
  }

  private noteStart(template: Template): void {
    const start = startOf(template.words);
    const alike = this.byStart.get(start) ?? [];
    alike.push(template);
    this.byStart.set(start, alike.length > 2 * MAX_ALIKE ? alike.filter(isLive).slice(-MAX_ALIKE) : alike);
  }
}

function startOf(words: Int32Array): number {
  return Math.imul(words[0] ?? 0, 0x9e3779b1) ^ words.length;
}

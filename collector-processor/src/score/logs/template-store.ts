import type { Hash64 } from '../../model/resource.ts';
import { lanesOf } from './lanes.ts';
import { TemplateCache } from './template-cache.ts';
import { addTo, removeFrom, sizeOf, type TemplateOwner, victimOf } from './template-owners.ts';
import { constantsOf, rootOf, type Shape, signatureOf, type Template } from './template.ts';

export interface TemplateLimits {
  readonly maxTemplates: number;
  readonly maxTemplatesPerService: number;
}

/** Skeletons remembered for each template on average, and merged templates whose numbers are still known. */
const SKELETONS = 4;
const MERGED = 2;
/** Templates of one length and first word that are looked at together. */
const MAX_ALIKE = 100;
const MAX_KIN = 32;
const REST = 0x72657374;

export interface NewTemplate {
  readonly shape: Shape;
  readonly owner: TemplateOwner;
  /** Goes on as this one. */
  readonly heir?: Pick<Template, 'id' | 'lineage'>;
  readonly kin: readonly Hash64[];
  readonly takesRest: boolean;
  readonly lines: number;
}

/** The templates by number and by skeleton. Bounded: see template-owners.ts for who makes room, which is counted. */
export class TemplateStore {
  readonly skeletons: TemplateCache;
  /** Those that are live, in no order. */
  readonly live: Template[] = [];
  readonly owners = new Set<TemplateOwner>();
  merges = 0;
  evictions = 0;
  private readonly limits: TemplateLimits;
  private readonly byId = new Map<number, Template>();
  /** Numbers of merged templates, the oldest first. */
  private readonly merged = new Set<number>();
  private readonly byStart = new Map<number, Template[]>();
  private nextId = 1;
  private now = 0;

  constructor(limits: TemplateLimits) {
    this.limits = limits;
    this.skeletons = new TemplateCache(limits.maxTemplates * SKELETONS);
  }

  get size(): number {
    return this.live.length;
  }

  isFullFor(owner: TemplateOwner): boolean {
    const { maxTemplates, maxTemplatesPerService } = this.limits;
    return this.size >= maxTemplates || sizeOf(owner) >= maxTemplatesPerService;
  }

  /** What a number stands for after merges. */
  get(id: number): Template | undefined {
    const template = this.byId.get(id);
    const root = template === undefined ? undefined : rootOf(template);
    return root === undefined || root.gone ? undefined : root;
  }

  note(template: Template): number {
    template.lastUse = ++this.now;
    return ++template.lines;
  }

  /** Some live templates of the same length that start with the same word, the newest ones. */
  startingLike(template: Template): readonly Template[] {
    return this.byStart.get(startOf(template.words)) ?? [];
  }

  add({ shape, owner, heir, kin, takesRest, lines }: NewTemplate): Template {
    const { words } = shape;
    const { low, high } = lanesOf(takesRest ? Int32Array.of(...words, REST) : words);
    const template: Template = {
      ...shape,
      ...{
        id: heir?.id ?? this.nextId,
        takesRest,
        low,
        high,
        lines,
        owner,
        kin,
        lineage: heir?.lineage ?? { low, high },
      },
      ...{ constants: constantsOf(words), signature: signatureOf(words), lastUse: this.now, spared: 0 },
      ...{ into: undefined, gone: false, node: -1, place: this.live.length },
    };
    this.nextId = Math.max(this.nextId, template.id + 1);
    this.byId.set(template.id, template);
    this.live.push(template);
    this.owners.add(owner);
    addTo(owner, template);
    if (takesRest) return template;
    this.skeletons.set(low, high, template);
    this.noteStart(template);
    return template;
  }

  /** One template in place of several; it goes on as the one that had most lines. */
  unite(members: readonly Template[], shape: Shape, takesRest: boolean): Template {
    const heir = members.reduce((best, one) => (one.lines > best.lines ? one : best));
    const lines = members.reduce((sum, one) => sum + one.lines, 0);
    const kin = [...members]
      .sort((a, b) => b.lines - a.lines)
      .flatMap((member) => (member === heir ? member.kin : [member.lineage, ...member.kin]));
    for (const member of members) this.end(member);
    const united = this.add({ shape, owner: heir.owner, heir, kin: kin.slice(0, MAX_KIN), takesRest, lines });
    for (const member of members) {
      member.into = united;
      if (member !== heir) this.merged.add(member.id);
    }
    this.merges += members.length - 1;
    this.forgetMerged();
    return united;
  }

  /** The template that should make room for one of this service. */
  victimFor(owner: TemplateOwner): Template | undefined {
    const { maxTemplates, maxTemplatesPerService } = this.limits;
    const fair = Math.min(maxTemplatesPerService, maxTemplates / Math.max(1, this.owners.size));
    let richest = owner;
    if (sizeOf(owner) < fair) for (const other of this.owners) if (sizeOf(other) > sizeOf(richest)) richest = other;
    return victimOf(richest);
  }

  drop(template: Template): void {
    template.gone = true;
    this.end(template);
    this.byId.delete(template.id);
    this.evictions++;
  }

  /** To be called when nothing looks for a template any more that has ended. */
  forget(template: Template): void {
    const start = startOf(template.words);
    const alike = this.byStart.get(start);
    const at = alike?.indexOf(template) ?? -1;
    if (alike === undefined || at < 0) return;
    alike.splice(at, 1);
    if (alike.length === 0) this.byStart.delete(start);
  }

  private end(template: Template): void {
    const last = this.live.pop() as Template;
    if (last !== template) {
      this.live[template.place] = last;
      last.place = template.place;
    }
    removeFrom(template.owner, template);
    if (sizeOf(template.owner) === 0) this.owners.delete(template.owner);
  }

  private forgetMerged(): void {
    for (const id of this.merged) {
      if (this.merged.size <= this.limits.maxTemplates * MERGED) return;
      this.merged.delete(id);
      this.byId.delete(id);
    }
  }

  private noteStart(template: Template): void {
    const start = startOf(template.words);
    const alike = this.byStart.get(start);
    if (alike === undefined) this.byStart.set(start, [template]);
    else {
      alike.push(template);
      if (alike.length > MAX_ALIKE) alike.shift();
    }
  }
}

function startOf(words: Int32Array): number {
  return Math.imul(words[0] ?? 0, 0x9e3779b1) ^ words.length;
}

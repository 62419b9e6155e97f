import type { Hash64 } from '../../model/resource.ts';
import { isLive, type Template } from './template.ts';

/** The templates that one service brought, those that have proved themselves apart from chance finds. */
export interface TemplateOwner {
  readonly key: string;
  readonly rare: Set<Template>;
  readonly settled: Set<Template>;
  /** New ones in the present step. */
  born: number;
  step: number;
  /** Places that its exceptions came from. */
  places: number;
  /** Series that its lines were given since a bucket. */
  given: number;
  givenSince: number;
}

/** Lines that make a template a settled one. */
export const SETTLED_LINES = 8;
/** Share of its templates that a service must lose of the rare ones before a settled one goes. */
const RARE_SHARE = 0.25;
/** Templates that are passed over because they were seen since they last came up. */
const MAX_SPARED = 8;

export function createTemplateOwner(key = ''): TemplateOwner {
  return { key, rare: new Set(), settled: new Set(), born: 0, step: -1, places: 0, given: 0, givenSince: 0 };
}

export function sizeOf({ rare, settled }: TemplateOwner): number {
  return rare.size + settled.size;
}

export function addTo(owner: TemplateOwner, template: Template): void {
  (template.lines < SETTLED_LINES ? owner.rare : owner.settled).add(template);
}

export function removeFrom({ rare, settled }: TemplateOwner, template: Template): void {
  rare.delete(template);
  settled.delete(template);
}

/** To be called when a template has reached so many lines. */
export function settle(template: Template): void {
  const { rare, settled } = template.owner;
  if (rare.delete(template)) settled.add(template);
}

/**
 * Who makes room: a rare template before a settled one, so that a flood of new shapes only pushes out its own like; among
 * them the oldest that was not seen since it last came up.
 */
export function victimOf(owner: TemplateOwner): Template | undefined {
  const { rare, settled } = owner;
  const from = rare.size > 0 && rare.size >= RARE_SHARE * sizeOf(owner) ? rare : settled;
  for (let spared = 0; ; spared++) {
    const [oldest] = (from.size > 0 ? from : rare).values();
    if (oldest === undefined || !isLive(oldest)) return oldest;
    if (spared >= MAX_SPARED || oldest.lastUse === oldest.spared) return oldest;
    oldest.spared = oldest.lastUse;
    removeFrom(owner, oldest);
    addTo(owner, oldest);
  }
}

/** Services whose templates are told apart; beyond it those that have none are forgotten. */
const MAX_OWNERS = 10_000;

/** The owner of each service, by tenant and scoring identity. */
export class TemplateOwners {
  private readonly bySource = new WeakMap<object, TemplateOwner>();
  private readonly byKey = new Map<string, TemplateOwner>();

  of(source: { readonly key: Hash64 }): TemplateOwner {
    const known = this.bySource.get(source);
    if (known !== undefined) return known;
    const owner = this.named(`${source.key.high}:${source.key.low}`);
    this.bySource.set(source, owner);
    return owner;
  }

  named(key: string): TemplateOwner {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    if (this.byKey.size >= MAX_OWNERS)
      for (const [name, owner] of this.byKey) if (sizeOf(owner) === 0) this.byKey.delete(name);
    const owner = createTemplateOwner(key);
    if (this.byKey.size < MAX_OWNERS) this.byKey.set(key, owner);
    return owner;
  }
}

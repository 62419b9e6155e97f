import { createHash } from 'node:crypto';
import type { AuditEntry, AuditRecord } from '../../model/audit.ts';

/** What the first entry follows. */
export const BEGINNING = '0'.repeat(64);

type Head = Pick<AuditEntry, 'sequence' | 'hash'>;

/** The record as the entry that follows `head`. */
export function follow(head: Head | undefined, record: AuditRecord): AuditEntry {
  const entry = { ...record, sequence: (head?.sequence ?? 0) + 1, previous: head?.hash ?? BEGINNING };
  return { ...entry, hash: hashOf(entry) };
}

export type ChainState =
  | { readonly kind: 'intact'; readonly entries: number; readonly head: Head | undefined }
  /** Entries from this one on cannot be trusted. */
  | { readonly kind: 'broken'; readonly sequence: number; readonly atMs: number; readonly why: ChainFault };

/** `changed`: it is not what was written. `gap`: entries before it are missing. `order`: it stands in another's place. */
export type ChainFault = 'changed' | 'gap' | 'order';

/**
 * Whether every entry is what was written, none is missing and none stands elsewhere. An end that was cut off shows only
 * beside a head that was kept somewhere else.
 */
export class ChainVerifier {
  #head: Head | undefined;
  #broken: Extract<ChainState, { kind: 'broken' }> | undefined;

  /** In order; answers whether the chain holds so far. */
  next(entry: AuditEntry): boolean {
    const why = this.#broken === undefined ? faultOf(entry, this.#head) : undefined;
    if (why !== undefined) this.#broken = { kind: 'broken', sequence: entry.sequence, atMs: entry.atMs, why };
    if (this.#broken === undefined) this.#head = { sequence: entry.sequence, hash: entry.hash };
    return this.#broken === undefined;
  }

  state(): ChainState {
    return this.#broken ?? { kind: 'intact', entries: this.#head?.sequence ?? 0, head: this.#head };
  }
}

function faultOf(entry: AuditEntry, head: Head | undefined): ChainFault | undefined {
  const { hash, ...hashed } = entry;
  const expected = (head?.sequence ?? 0) + 1;
  if (hash !== hashOf(hashed)) return 'changed';
  if (entry.sequence > expected) return 'gap';
  if (entry.sequence < expected || entry.previous !== (head?.hash ?? BEGINNING)) return 'order';
  return undefined;
}

function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonical(entry)).digest('hex');
}

/** JSON with the names of every object in order: the same entry gives the same text, whatever wrote or read it meanwhile. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(',')}}`;
}

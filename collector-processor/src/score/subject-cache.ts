import type { Symbols } from '../model/symbols.ts';
import type { Admission } from './admission.ts';
import { HashTable } from './state/hash-table.ts';

const PLACES = 65_536;
/** Stands for a subject that was refused: asking again costs more than it is worth before the next bucket. */
export const REFUSED = 0x3fffffff;
/** Stands for items that name no subject at all. */
export const NAMELESS = 0x3ffffffe;

/**
 * From small numbers that are cheap to hash (a source, symbols) to the subject they name, so that names are put together
 * once and not per item. Emptied when places changed hands, when symbols got other numbers, when it is full, and once a
 * bucket while something is refused.
 */
export class SubjectCache {
  private readonly table = new HashTable(PLACES);
  private readonly admission: Pick<Admission, 'evictions'>;
  private evictions = 0;
  private refusedIn = -1;
  private generation = 0;

  constructor(admission: Pick<Admission, 'evictions'>) {
    this.admission = admission;
  }

  /** To be called before a batch whose symbols are part of what is asked for. */
  follow({ generation }: Symbols): void {
    if (generation !== this.generation) this.empty();
    this.generation = generation;
  }

  /** -1 when it is not known. */
  get(low: number, high: number, bucket: number): number {
    if (this.admission.evictions !== this.evictions || (this.refusedIn >= 0 && bucket > this.refusedIn)) {
      this.empty();
    }
    return this.table.get(low, high);
  }

  set(low: number, high: number, subject: number, bucket: number): void {
    if (subject < 0) this.refusedIn = bucket;
    const value = subject < 0 ? REFUSED : subject;
    if (this.table.set(low, high, value)) return;
    this.empty();
    this.table.set(low, high, value);
  }

  private empty(): void {
    this.table.clear();
    this.evictions = this.admission.evictions;
    this.refusedIn = -1;
  }
}

import {
  type BudgetNames,
  type Correction,
  type CorrectionLedger,
  isInScope,
  type Reversal,
} from '../../model/slo-correction.ts';
import type { TimeRange } from '../budget/ranges.ts';

/** Corrections in force, as they stand in the ledger. */
export class CorrectionBook {
  private readonly ledger: CorrectionLedger;
  private readonly most: number;
  private inForce: readonly Correction[] = [];
  /** Of this run; asking the ledger for them again and again would be waste. */
  private written = new Set<string>();

  constructor(ledger: CorrectionLedger, { maxCorrections }: { readonly maxCorrections: number }) {
    this.ledger = ledger;
    this.most = maxCorrections;
  }

  /** Those that end after `sinceMs`; the newest ones where there are too many. */
  async read(sinceMs: number): Promise<void> {
    this.written.clear();
    this.inForce = await this.ledger.inForce(sinceMs, this.most);
  }

  /** Whether it was written in this run. */
  isWritten(id: string): boolean {
    return this.written.has(id);
  }

  get size(): number {
    return this.inForce.length;
  }

  async add(correction: Correction): ReturnType<CorrectionLedger['add']> {
    const added = await this.ledger.add(correction);
    this.written.add(correction.id);
    if (added.isNew) this.inForce = [added.correction, ...this.inForce];
    return added;
  }

  async reverse(id: string, reversal: Reversal): ReturnType<CorrectionLedger['reverse']> {
    const reversed = await this.ledger.reverse(id, reversal);
    if (reversed !== undefined) this.inForce = this.inForce.filter((one) => one.id !== id);
    return reversed;
  }

  /** Those of a budget that touch the range. */
  of(budget: BudgetNames, { fromMs, toMs }: TimeRange): readonly Correction[] {
    return this.inForce.filter((one) => one.toMs > fromMs && one.fromMs < toMs && isInScope(one.scope, budget));
  }

  /** The same from the ledger, also of before what is kept in mind. Throws when that cannot be read. */
  async recall(budget: BudgetNames, { fromMs, toMs }: TimeRange): Promise<readonly Correction[]> {
    const known = await this.ledger.inForce(fromMs, this.most);
    return known.filter((one) => one.fromMs < toMs && isInScope(one.scope, budget));
  }

  /** No window reaches back so far. */
  clear(beforeMs: number): void {
    this.inForce = this.inForce.filter(({ toMs }) => toMs > beforeMs);
  }

  /** What is taken out of a budget, at any time. */
  takenOut(budget: BudgetNames): readonly TimeRange[] {
    return this.of(budget, { fromMs: -Infinity, toMs: Infinity });
  }
}

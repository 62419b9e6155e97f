import type { CountLedger } from '../../model/slo-counts.ts';
import type { BudgetShelf } from './budget-shelf.ts';
import type { Budget } from './budget.ts';
import { CountRing } from './count-ring.ts';
import type { TimeRange } from './ranges.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Takes counts to the store, hour by hour, and back from it. */
export class CountKeeper {
  private readonly ledger: CountLedger;
  private readonly shelf: BudgetShelf;
  /** Hours that the store does not have yet, by budget. */
  private readonly changed = new Map<Budget, Set<number>>();

  constructor(ledger: CountLedger, shelf: BudgetShelf) {
    this.ledger = ledger;
    this.shelf = shelf;
  }

  note(budget: Budget, timeMs: number): void {
    const hours = this.changed.get(budget) ?? new Set<number>();
    this.changed.set(budget, hours.add(Math.floor(timeMs / HOUR_MS) * HOUR_MS));
  }

  forget(): void {
    this.changed.clear();
  }

  /** Everything within the windows, on top of what came since. Throws when the store cannot be read. */
  async read(nowMs: number): Promise<void> {
    const { longestMs } = this.shelf;
    if (longestMs === 0) return;
    for (const hour of await this.ledger.since(nowMs - longestMs)) this.shelf.ofKey(hour.budget)?.restore(hour);
  }

  /** What cannot be stored waits for the next time; answers how many hours that are. */
  async store(): Promise<number> {
    const changed = [...this.changed].flatMap(([budget, hours]) => [...hours].map((hourMs) => ({ budget, hourMs })));
    this.changed.clear();
    let failed = 0;
    for (const { budget, hourMs } of changed) {
      const isKept = await this.ledger.keep({ budget: budget.key, hourMs, minutes: budget.hour(hourMs) });
      if (isKept) continue;
      failed++;
      this.note(budget, hourMs);
    }
    return failed;
  }

  /** What was counted over a range, also of before the window: newer hours from memory, older ones from the store. */
  async counted(budget: Budget, { fromMs, toMs }: TimeRange, nowMs: number): Promise<CountRing> {
    const first = Math.floor(fromMs / HOUR_MS) * HOUR_MS;
    const ring = new CountRing({ length: Math.ceil((toMs - first) / MINUTE_MS) + 60 });
    const keptFrom = Math.ceil((nowMs - budget.keptMs) / HOUR_MS + 1) * HOUR_MS;
    if (first < keptFrom) {
      const range = { fromMs: first, toMs: Math.min(toMs, keptFrom) };
      for (const { hourMs, minutes } of await this.ledger.of(budget.key, range)) ring.restore(hourMs, minutes);
    }
    for (let hourMs = Math.max(first, keptFrom); hourMs < toMs; hourMs += HOUR_MS)
      ring.restore(hourMs, budget.hour(hourMs));
    return ring;
  }
}

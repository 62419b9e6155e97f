import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';

export interface PageBudgetParts {
  /** Findings of one tenant that may page within a day; 0: as many as there are. */
  readonly perDay: number;
  readonly metrics: SelfMetrics;
}

/** Milliseconds since the epoch, the oldest first. */
export type SavedPages = readonly (readonly [tenant: string, times: readonly number[]])[];

const DAY_MS = 86_400_000;
/** What a finding says that had to stay a notice. */
export const OVER_BUDGET = 'It stays a notice: the pages of this day are used up.';
/** Tenants that are looked through for old pages before one more is taken in. */
const MAX_TENANTS = 1000;

/**
 * At most so many pages a day and tenant, of findings of all kinds, counted over the last 24 hours of event time and asked once
 * for each finding. What exceeds it stays a notice and is counted: nobody reads the twenty-first page of a night.
 */
export class PageBudget {
  private readonly perDay: number;
  private readonly pages = new Map<string, number[]>();
  private readonly held: Counter;

  constructor({ perDay, metrics }: PageBudgetParts) {
    this.perDay = perDay;
    const help =
      'Findings above the page border that stayed notices because the day’s pages of their tenant were used up.';
    this.held = metrics.counter({ name: 'sentinel_pages_held_total', help });
  }

  /** Takes one of the day's pages, if there is one left. */
  take(tenant: string, timeMs: number): boolean {
    if (this.perDay === 0) return true;
    const recent = (this.pages.get(tenant) ?? []).filter((at) => at > timeMs - DAY_MS);
    if (recent.length >= this.perDay) {
      this.held.add(1);
      return false;
    }
    if (this.pages.size >= MAX_TENANTS) this.forget(timeMs);
    this.pages.set(tenant, [...recent, timeMs]);
    return true;
  }

  /** For the snapshot: times of pages by tenant. */
  save(): SavedPages {
    return [...this.pages];
  }

  load(saved: SavedPages): void {
    for (const [tenant, times] of saved.slice(-MAX_TENANTS)) {
      this.pages.set(
        tenant,
        [...times, ...(this.pages.get(tenant) ?? [])].sort((a, b) => a - b),
      );
    }
  }

  /** Drops tenants whose day is over; if there are none, the one that came first. */
  private forget(timeMs: number): void {
    for (const [tenant, times] of this.pages) if ((times.at(-1) ?? 0) <= timeMs - DAY_MS) this.pages.delete(tenant);
    const [first] = this.pages.keys();
    if (this.pages.size >= MAX_TENANTS && first !== undefined) this.pages.delete(first);
  }
}

import type { Counts } from '../../model/slo-counts.ts';
import type { PlacedObjective } from '../../model/slo.ts';
import { periodOf } from '../rules/budget-rules.ts';
import { labelsOfSlo, type SloLabels } from '../rules/slo-labels.ts';
import { type BudgetState, budgetState } from './budget-state.ts';
import { CorrectedCounts } from './corrected-counts.ts';
import { CountRing } from './count-ring.ts';
import type { TimeRange } from './ranges.ts';

const MINUTE_MS = 60_000;

/** A month of the calendar may have 31 days, a quarter 92, and burn rates look back three days in any case. */
const longestOf = (seconds: number) => Math.max(4 * 86_400, seconds * 1.04) / 60;

/** The error budget of one objective: what was counted, by the minute, and what it says now. */
export class Budget {
  readonly id: string;
  /** Of the series that tell of it. */
  readonly labels: SloLabels['own'];
  readonly objective: PlacedObjective;
  private ring: CountRing;
  private toldAtMs: number | undefined;

  constructor(objective: PlacedObjective) {
    const { id, own } = labelsOfSlo(objective);
    this.id = id;
    this.labels = own;
    this.objective = objective;
    this.ring = emptyRing(objective);
  }

  /** Somebody else counts from now on. */
  forget(): void {
    this.ring = emptyRing(this.objective);
    this.toldAtMs = undefined;
  }

  /** False for a time that is older than what is kept. */
  add(timeMs: number, counts: Counts): boolean {
    this.toldAtMs = Math.max(this.toldAtMs ?? 0, timeMs);
    return this.ring.add(timeMs, counts);
  }

  state(nowMs: number, takenOut: readonly TimeRange[] = []): BudgetState {
    const counts = new CorrectedCounts(this.ring, takenOut);
    return budgetState({ objective: this.objective, counts, nowMs, toldAtMs: this.toldAtMs });
  }

  /** How far back counts are kept. */
  get keptMs(): number {
    return this.ring.length * MINUTE_MS;
  }

  /** Counts of before a restart; on top of what came since. */
  restore(hourMs: number, minutes: readonly Counts[]): void {
    for (const [minute, counts] of minutes.entries()) {
      if (counts.total !== 0 || counts.bad !== 0) this.add(hourMs + minute * MINUTE_MS, counts);
    }
  }

  /** Sixty minutes from the hour on, for the store. */
  hour(hourMs: number): readonly Counts[] {
    return Array.from({ length: 60 }, (_unused, minute) => this.ring.at(hourMs + minute * MINUTE_MS));
  }
}

function emptyRing({ window }: PlacedObjective): CountRing {
  return new CountRing({ length: Math.ceil(longestOf(periodOf(window).seconds)) });
}

import type { CrossingLedger, SloCrossing } from '../../model/slo-crossing.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { BudgetState } from '../budget/budget-state.ts';
import type { Budget } from '../budget/budget.ts';
import { sloMetrics } from '../slo-metrics.ts';
import { CrossingWatch } from './crossing-watch.ts';

/** Crossings of so long ago may not have been told before the process ended; who was told twice knows them by their id. */
const AGAIN_MS = 10 * 60_000;

interface CrossingParts {
  readonly crossings: CrossingLedger;
  readonly onCrossing: (crossing: SloCrossing) => void;
  readonly metrics: SelfMetrics;
}

/** Tells of crossings when they are on record, so that a restart tells of none anew. */
export class CrossingDesk {
  readonly #parts: CrossingParts;
  readonly #watch = new CrossingWatch();

  constructor(parts: CrossingParts) {
    this.#parts = parts;
  }

  /** Throws when the store cannot be read. */
  async read(nowMs: number): Promise<void> {
    const latest = await this.#parts.crossings.latest();
    this.#watch.restore(latest);
    for (const crossing of latest) if (crossing.atMs > nowMs - AGAIN_MS) this.#parts.onCrossing(crossing);
  }

  async look(budget: Budget, state: BudgetState, nowMs: number): Promise<void> {
    const crossing = this.#watch.look(budget, state, nowMs);
    if (crossing === undefined || !(await this.#parts.crossings.record(crossing))) return;
    this.#watch.noted(crossing);
    this.#parts.metrics.counter({ ...sloMetrics.crossings, labels: { to: crossing.to } }).add(1);
    this.#parts.onCrossing(crossing);
  }
}

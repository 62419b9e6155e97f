import type { TelemetryColumns } from '../model/columns.ts';
import type { Counts } from '../model/slo-counts.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Counter } from '../runtime/self-metrics.ts';
import type { BudgetState } from './budget/budget-state.ts';
import { Budget } from './budget/budget.ts';
import { RequestTap, type RequestWatch } from './requests/request-tap.ts';
import { sloMetrics } from './slo-metrics.ts';
import type { SloStageParts } from './stage-parts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a crash may cost of the counts. */
const STORE_EVERY_MS = 10_000;

/** Events further ahead than this are a clock that is wrong. */
const AHEAD_MS = 5 * MINUTE_MS;

export interface BudgetView {
  readonly budget: Budget;
  readonly state: BudgetState;
}

/** Keeps the error budgets of all objectives. Counts go to the store every few seconds and come back from it at start. */
export class SloStage implements Service {
  readonly name = 'slo';
  readonly #parts: SloStageParts;
  readonly #budgets: readonly Budget[];
  readonly #tap: RequestTap;
  readonly #misplaced: Counter;
  readonly #faults: Counter;
  /** Hours that the store does not have yet, by budget. */
  readonly #changed = new Map<Budget, Set<number>>();
  #timer: NodeJS.Timeout | undefined;
  #isRead = false;

  constructor(parts: SloStageParts) {
    const { metrics, objectives } = parts;
    this.#parts = parts;
    this.#budgets = objectives.map((objective) => new Budget(objective));
    this.#tap = new RequestTap(this.#budgets.flatMap((budget) => this.#watch(budget)));
    this.#misplaced = metrics.counter(sloMetrics.misplaced);
    this.#faults = metrics.counter(sloMetrics.faults);
    metrics.gauge(sloMetrics.budgets, () => this.#budgets.length);
  }

  async start(): Promise<void> {
    await this.#tick();
    this.#timer = setInterval(() => void this.#tick(), STORE_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#store();
  }

  /** What passes by. */
  observe(columns: TelemetryColumns): void {
    if (columns.signal === 'traces') this.#tap.observe(columns);
  }

  budgets(): readonly BudgetView[] {
    const nowMs = this.#parts.clock.nowMs();
    return this.#budgets.map((budget) => ({ budget, state: budget.state(nowMs) }));
  }

  #watch(budget: Budget): readonly RequestWatch[] {
    const { indicator } = budget.objective;
    if (indicator.kind !== 'requests') return [];
    const { requests, bad } = indicator;
    const { labels } = budget;
    const { metrics } = this.#parts;
    const events = metrics.counter({ ...sloMetrics.events, labels });
    const badEvents = metrics.counter({ ...sloMetrics.bad, labels });
    const count = (timeMs: number, counts: Counts): void => {
      events.add(counts.total);
      badEvents.add(counts.bad);
      this.#count(budget, timeMs, counts);
    };
    return [{ requests, bad, count }];
  }

  #count(budget: Budget, timeMs: number, counts: Counts): void {
    if (timeMs > this.#parts.clock.nowMs() + AHEAD_MS || !budget.add(timeMs, counts)) {
      this.#misplaced.add(counts.total);
      return;
    }
    this.#note(budget, timeMs);
  }

  /** What is not stored is kept and stored the next time. */
  async #tick(): Promise<void> {
    if (!this.#parts.isActive()) {
      // Another process counts now; what it has counted is read when this one takes over.
      this.#isRead = false;
      this.#changed.clear();
      for (const budget of this.#budgets) budget.forget();
      return;
    }
    if (!this.#isRead) await this.#read();
    await this.#store();
  }

  async #read(): Promise<void> {
    const longest = Math.max(0, ...this.#budgets.map((budget) => budget.keptMs));
    if (longest === 0) return;
    try {
      const hours = await this.#parts.ledger.since(this.#parts.clock.nowMs() - longest);
      const byId = new Map(this.#budgets.map((budget) => [budget.id, budget]));
      for (const hour of hours) byId.get(hour.budget)?.restore(hour.hourMs, hour.minutes);
      this.#isRead = true;
    } catch (error) {
      this.#faults.add(1);
      this.#parts.logger.warn({ error: messageOf(error) }, 'Counts of error budgets could not be read; tried again.');
    }
  }

  /** What cannot be stored waits for the next time. */
  async #store(): Promise<void> {
    if (!this.#isRead) return;
    const changed = [...this.#changed].flatMap(([budget, hours]) => [...hours].map((hourMs) => ({ budget, hourMs })));
    this.#changed.clear();
    for (const { budget, hourMs } of changed) {
      const isKept = await this.#parts.ledger.keep({ budget: budget.id, hourMs, minutes: budget.hour(hourMs) });
      if (isKept) continue;
      this.#faults.add(1);
      this.#note(budget, hourMs);
    }
  }

  #note(budget: Budget, timeMs: number): void {
    const hours = this.#changed.get(budget) ?? new Set<number>();
    this.#changed.set(budget, hours.add(Math.floor(timeMs / HOUR_MS) * HOUR_MS));
  }
}

import type { TelemetryColumns } from '../model/columns.ts';
import type { BudgetSpent } from '../model/incident.ts';
import { type Correction, type CorrectionScope, isInScope, type Reversal } from '../model/slo-correction.ts';
import type { Counts } from '../model/slo-counts.ts';
import type { SloCrossing } from '../model/slo-crossing.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Counter, MetricScope } from '../runtime/self-metrics.ts';
import { type Account, windowUpTo } from './account/history.ts';
import { gaugesOf } from './budget/budget-gauges.ts';
import { BudgetShelf } from './budget/budget-shelf.ts';
import type { BudgetState } from './budget/budget-state.ts';
import type { Budget } from './budget/budget.ts';
import { CountKeeper } from './budget/count-keeper.ts';
import type { TimeRange } from './budget/ranges.ts';
import { CorrectionBook } from './corrections/correction-book.ts';
import { CrossingDesk } from './crossings/crossing-desk.ts';
import { keepUp } from './maintenance/keep-up.ts';
import type { MaintenanceOptions } from './maintenance/maintenance-window.ts';
import { makeFeed } from './query/make-feed.ts';
import type { QueryFeed } from './query/query-feed.ts';
import { RequestTap } from './requests/request-tap.ts';
import { requestWatches } from './requests/request-watches.ts';
import { sloMetrics } from './slo-metrics.ts';
import type { SloStageParts } from './stage-parts.ts';

const MINUTE_MS = 60_000;

/** What a crash may cost of the counts. */
const TICK_MS = 10_000;

/** Events further ahead than this are a clock that is wrong. */
const AHEAD_MS = 5 * MINUTE_MS;

export interface BudgetView {
  readonly budget: Budget;
  readonly state: BudgetState;
  /** Of the window so far. */
  readonly unknownMinutes: number;
  /** In force within the window. */
  readonly corrections: number;
}

/** Keeps the error budgets of all objectives. Counts go to the store every few seconds and come back from it at start. */
export class SloStage implements Service {
  readonly name = 'slo';
  readonly #parts: SloStageParts;
  readonly #shelf: BudgetShelf;
  readonly #keeper: CountKeeper;
  readonly #book: CorrectionBook;
  readonly #crossings: CrossingDesk;
  readonly #feed: QueryFeed | undefined;
  readonly #tap: RequestTap;
  readonly #misplaced: Counter;
  readonly #faults: Counter;
  readonly #gauges = new Map<Budget, MetricScope>();
  /** States of one moment: many gauges are read at once. */
  #states = new Map<Budget, BudgetState>();
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> = Promise.resolve();
  #isRead = false;

  constructor(parts: SloStageParts) {
    const { metrics, objectives, options } = parts;
    this.#parts = parts;
    this.#shelf = new BudgetShelf({
      ...{ objectives, maxBudgets: options.maxBudgets },
      onNew: (budget) => this.#measure(budget),
      onGone: (budget) => this.#gauges.get(budget)?.end(),
    });
    this.#keeper = new CountKeeper(parts.ledger, this.#shelf);
    this.#book = new CorrectionBook(parts.corrections, options);
    this.#crossings = new CrossingDesk(parts);
    this.#feed = makeFeed(parts, { shelf: this.#shelf, keeper: this.#keeper });
    const watches = this.#shelf
      .all()
      .flatMap((budget) =>
        requestWatches(budget.objective, metrics, (timeMs, counts) => this.#count(budget, timeMs, counts)),
      );
    this.#tap = new RequestTap(watches);
    this.#misplaced = metrics.counter(sloMetrics.misplaced);
    this.#faults = metrics.counter(sloMetrics.faults);
    metrics.gauge(sloMetrics.budgets, () => this.#shelf.all().length);
    metrics.gauge(sloMetrics.corrections, () => this.#book.size);
  }

  async start(): Promise<void> {
    await this.#tick();
    this.#timer = setInterval(() => {
      this.#ticking = this.#ticking.then(() => this.#tick());
    }, TICK_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#ticking;
    await this.#feed?.stop();
    if (this.#isRead) await this.#store();
    for (const scope of this.#gauges.values()) scope.end();
  }

  /** What passes by. */
  observe(columns: TelemetryColumns): void {
    if (columns.signal === 'traces') this.#tap.observe(columns);
  }

  budgets(): readonly BudgetView[] {
    this.#states.clear();
    return this.#shelf.all().map((budget) => {
      const state = this.#state(budget);
      const range = { fromMs: state.fromMs, toMs: this.#parts.clock.nowMs() };
      const corrections = this.#book.of(budget, range).length;
      return { budget, state, unknownMinutes: budget.unknownMinutes(range), corrections };
    });
  }

  get maintenance(): readonly MaintenanceOptions[] {
    return this.#parts.options.maintenance;
  }

  find(id: string): Budget | undefined {
    return this.#shelf.find(id);
  }

  /** Of the budgets of that scope what is left where least is; undefined while nobody knows of any. Changes nothing. */
  leastLeft(scope: CorrectionScope): number | undefined {
    const asked = this.#shelf.all().filter((budget) => isInScope(scope, budget));
    const left = asked.flatMap((budget) => this.#state(budget).left ?? []);
    return left.length === 0 ? undefined : Math.min(...left);
  }

  /** What a time took from the budgets of these services. */
  spent(services: readonly string[], range: TimeRange): readonly BudgetSpent[] {
    const nowMs = this.#parts.clock.nowMs();
    const asked = this.#shelf.all().filter(({ objective }) => services.includes(objective.service));
    return asked.map((budget) => ({
      id: budget.id,
      service: budget.objective.service,
      share: budget.spent(range, nowMs),
    }));
  }

  /** Whether a correction of that scope would concern any budget that is known now. */
  concerns(scope: CorrectionScope): boolean {
    return this.#shelf.all().some((budget) => isInScope(scope, budget));
  }

  /** Crossings of a budget over a range, oldest first. */
  crossings(budget: Budget, range: TimeRange): Promise<readonly SloCrossing[]> {
    return this.#parts.crossings.between(budget.id, range);
  }

  /** What was counted over a range and the window before it. Throws when the store cannot be read. */
  async account(budget: Budget, range: TimeRange): Promise<Account> {
    const { fromMs } = windowUpTo(budget.objective, range.fromMs);
    const since = { fromMs: Math.min(fromMs, range.fromMs), toMs: range.toMs };
    const ring = await this.#keeper.counted(budget, since, this.#parts.clock.nowMs());
    return { objective: budget.objective, ring, corrections: await this.#book.recall(budget, since), range };
  }

  /** `full`: there are as many in force as there may be. */
  async correct(
    correction: Correction,
  ): Promise<'full' | { readonly isNew: boolean; readonly correction: Correction }> {
    if (this.#book.size >= this.#parts.options.maxCorrections) return 'full';
    const added = await this.#book.add(correction);
    this.#states.clear();
    return added;
  }

  async reverse(id: string, reversal: Reversal) {
    const reversed = await this.#book.reverse(id, reversal);
    this.#states.clear();
    return reversed;
  }

  #state(budget: Budget): BudgetState {
    const known = this.#states.get(budget);
    if (known !== undefined) return known;
    const state = budget.state(this.#parts.clock.nowMs(), this.#book.takenOut(budget));
    this.#states.set(budget, state);
    return state;
  }

  #measure(budget: Budget): void {
    const scope = this.#parts.metrics.scope();
    this.#gauges.set(budget, scope);
    gaugesOf(budget, scope, () => (this.#isRead ? this.#state(budget) : undefined));
  }

  #count(budget: Budget, timeMs: number, counts: Counts): void {
    if (timeMs > this.#parts.clock.nowMs() + AHEAD_MS || !budget.add(timeMs, counts)) {
      this.#misplaced.add(counts.total);
      return;
    }
    this.#keeper.note(budget, timeMs);
  }

  /** What is not stored is kept and stored the next time. */
  async #tick(): Promise<void> {
    this.#states.clear();
    if (!this.#parts.isActive()) {
      // Another process counts now; what it has counted is read when this one takes over.
      if (this.#isRead) await this.#feed?.stop();
      this.#isRead = false;
      this.#keeper.forget();
      for (const budget of this.#shelf.all()) budget.forget();
      return;
    }
    if (!this.#isRead) await this.#read();
    if (!this.#isRead) return;
    const nowMs = this.#parts.clock.nowMs();
    await this.#guarded(() => keepUp(this.#parts.options.maintenance, this.#book, nowMs));
    await this.#store();
    this.#shelf.clear(nowMs);
    this.#book.clear(nowMs - this.#shelf.longestMs);
    for (const { budget, state } of this.budgets()) {
      // What is left of a part of a window says little of the whole.
      if (this.#feed?.isWhole(budget) ?? true) await this.#crossings.look(budget, state, nowMs);
    }
  }

  async #read(): Promise<void> {
    const nowMs = this.#parts.clock.nowMs();
    try {
      await this.#book.read(nowMs - this.#shelf.longestMs);
      await this.#crossings.read(nowMs);
      await this.#keeper.read(nowMs);
      this.#isRead = true;
      this.#feed?.start();
    } catch (error) {
      this.#faults.add(1);
      this.#parts.logger.warn({ error: messageOf(error) }, 'Error budgets could not be read; tried again.');
    }
  }

  async #guarded(doing: () => Promise<void>): Promise<void> {
    try {
      await doing();
    } catch (error) {
      this.#faults.add(1);
      this.#parts.logger.warn({ error: messageOf(error) }, 'Maintenance could not be written down; tried again.');
    }
  }

  async #store(): Promise<void> {
    this.#faults.add(await this.#keeper.store());
  }
}

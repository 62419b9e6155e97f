import type { AskMatrix } from '../../model/metrics-query.ts';
import type { PlacedObjective } from '../../model/slo.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { BudgetShelf } from '../budget/budget-shelf.ts';
import type { Budget } from '../budget/budget.ts';
import type { CountKeeper } from '../budget/count-keeper.ts';
import type { TimeRange } from '../budget/ranges.ts';
import { windowAt } from '../budget/time-window.ts';
import { Errand, type ErrandLimits } from './errand.ts';
import { questionOf } from './question.ts';
import { readAnswer } from './read-answer.ts';

export interface QueryOptions extends ErrandLimits {
  /** How far each query looks back, and how far they lie apart; times in milliseconds. */
  readonly every: number;
  readonly queriesPerSecond: number;
  readonly retryAfter: number;
}

interface QueryFeedParts {
  readonly options: QueryOptions;
  readonly objectives: readonly PlacedObjective[];
  readonly shelf: BudgetShelf;
  readonly keeper: CountKeeper;
  readonly ask: AskMatrix;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** Burn rates look back so far whatever the window is. */
const LEAST_PAST_MS = 3 * 86_400_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Counts the events of objectives on queries: asks a Prometheus-compatible server for each step when it is over, and for what
 * nobody knows of the window before. One query at a time and a few a second; what was answered is in the store, so a restart
 * goes on where it was. What the server does not know stays unknown.
 */
export class QueryFeed {
  readonly #parts: QueryFeedParts;
  readonly #errands: readonly Errand[];
  readonly #answered: Counter;
  readonly #failed: Counter;
  /** Groups without room, by objective. */
  readonly #leftOut = new Map<Errand, number>();
  #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #trouble = '';

  constructor(parts: QueryFeedParts) {
    const { options, objectives, metrics } = parts;
    this.#parts = parts;
    this.#errands = objectives.flatMap((objective) => {
      const question = questionOf(objective, options.every);
      return question === undefined ? [] : [new Errand(objective, question, options)];
    });
    const count = (outcome: string) =>
      metrics.counter({
        name: 'sentinel_slo_queries_total',
        help: 'Queries for events of objectives.',
        labels: { outcome },
      });
    this.#answered = count('answered');
    this.#failed = count('failed');
    const help = 'Groups of split objectives that have no budget because slo.max_budgets are kept.';
    metrics.gauge({ name: 'sentinel_slo_left_out_groups', help }, () =>
      [...this.#leftOut.values()].reduce((a, b) => a + b, 0),
    );
  }

  /** When counts of before are there. */
  start(): void {
    if (this.#errands.length === 0) return;
    this.#stopping = new AbortController();
    const nowMs = this.#parts.clock.nowMs();
    for (const errand of this.#errands) errand.begin(this.#gapsOf(errand, nowMs), nowMs);
    this.#running = this.#run(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Whether all that is asked for was answered: until then what is left of a budget is that of a part of its window. */
  isWhole({ objective }: Budget): boolean {
    return this.#errands.find((errand) => errand.objective === objective)?.isWhole ?? true;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, options } = this.#parts;
    const pauseMs = 1000 / options.queriesPerSecond;
    while (!signal.aborted) {
      const nowMs = clock.nowMs();
      const errand = this.#errands.toSorted((a, b) => urgency(a, nowMs) - urgency(b, nowMs))[0];
      const waitMs = (errand?.dueMs(nowMs) ?? Infinity) - nowMs;
      const range = waitMs > 0 ? undefined : errand?.next(nowMs);
      if (errand !== undefined && range !== undefined) await this.#askFor(errand, range, signal);
      await clock.sleep(Math.max(pauseMs, Math.min(waitMs, LONGEST_PAUSE_MS)), signal);
    }
  }

  async #askFor(errand: Errand, range: TimeRange, signal: AbortSignal): Promise<void> {
    const { ask, options, clock } = this.#parts;
    const { query, stepMs } = errand.question;
    const answer = await ask(query, { fromMs: range.fromMs + stepMs, toMs: range.toMs, stepMs }, signal);
    if (signal.aborted) return;
    if (answer.kind === 'rows') {
      this.#take(errand, readAnswer(answer.rows, errand.question));
      errand.done(range);
      this.#answered.add(1);
      this.#tell('');
      return;
    }
    this.#failed.add(1);
    if (answer.kind === 'too-long') errand.askLess();
    else errand.notBeforeMs = clock.nowMs() + options.retryAfter;
    this.#tell(answer.kind === 'failed' ? answer.reason : 'an answer was too long; less is asked for at a time');
  }

  #take(errand: Errand, groups: ReturnType<typeof readAnswer>): void {
    let leftOut = 0;
    for (const { group, minutes } of groups) {
      const budget = this.#parts.shelf.group(errand.objective, group);
      if (budget === undefined) leftOut++;
      else
        for (const [timeMs, counts] of minutes) if (budget.set(timeMs, counts)) this.#parts.keeper.note(budget, timeMs);
    }
    if (leftOut > (this.#leftOut.get(errand) ?? 0)) {
      const about = { slo: errand.objective.name, groups: leftOut };
      this.#parts.logger.warn(about, 'There is no room for all groups of an objective: raise slo.max_budgets.');
    }
    this.#leftOut.set(errand, leftOut);
  }

  /** What no group of the objective knows. */
  #gapsOf({ objective }: Errand, nowMs: number): readonly TimeRange[] {
    const fromMs = Math.min(windowAt(objective.window, nowMs).fromMs, nowMs - LEAST_PAST_MS);
    const none: readonly TimeRange[] = [{ fromMs: Math.ceil(fromMs / 60_000) * 60_000, toMs: nowMs }];
    const budgets = this.#parts.shelf.of(objective);
    return budgets.reduce((gaps, budget) => gaps.flatMap((gap) => budget.gaps(gap)), none);
  }

  /** Once for each reason, and when it answers again. */
  #tell(reason: string): void {
    if (reason === this.#trouble) return;
    const { logger } = this.#parts;
    if (reason !== '') logger.warn({ reason }, 'Events of objectives cannot be asked for; it is tried again.');
    else logger.info({}, 'Events of objectives can be asked for again.');
    this.#trouble = reason;
  }
}

/** What is due first; of those the newest time before the past. */
function urgency(errand: Errand, nowMs: number): number {
  const dueMs = errand.dueMs(nowMs);
  if (dueMs > nowMs) return dueMs - nowMs;
  return -(errand.next(nowMs)?.toMs ?? 0);
}

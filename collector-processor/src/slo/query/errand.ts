import type { PlacedObjective } from '../../model/slo.ts';
import type { TimeRange } from '../budget/ranges.ts';
import type { Question } from './question.ts';

const MINUTE_MS = 60_000;
const LEAST_STEPS = 60;

/** Gaps so close to each other are asked for together. */
const TOGETHER_MS = 60 * MINUTE_MS;

export interface ErrandLimits {
  /** Newer values may still change. */
  readonly lag: number;
  /** Of one answer. */
  readonly maxSteps: number;
  /** How much of what was asked before is asked again, for values that came late. */
  readonly again: number;
}

/** What is still to be asked for one objective: the newest first, then its past, from the newest gap to the oldest. */
export class Errand {
  readonly objective: PlacedObjective;
  readonly question: Question;
  private readonly limits: ErrandLimits;
  private gaps: TimeRange[] = [];
  private askedToMs: number;
  private most: number;
  /** Not before. */
  notBeforeMs = -Infinity;

  constructor(objective: PlacedObjective, question: Question, limits: ErrandLimits) {
    this.objective = objective;
    this.question = question;
    this.limits = limits;
    this.askedToMs = -Infinity;
    this.most = limits.maxSteps;
  }

  /** The past of which nobody knows, in order; what comes after `nowMs` is asked as it comes. */
  begin(gaps: readonly TimeRange[], nowMs: number): void {
    this.askedToMs = this.newestEnd(nowMs);
    this.gaps = [];
    for (const { fromMs, toMs } of gaps) {
      const last = this.gaps.at(-1);
      if (last !== undefined && fromMs - last.toMs <= TOGETHER_MS)
        this.gaps[this.gaps.length - 1] = { fromMs: last.fromMs, toMs };
      else this.gaps.push({ fromMs, toMs });
    }
    this.gaps = this.gaps.filter(({ fromMs }) => fromMs < this.askedToMs);
  }

  /** Whether its past has been asked for. */
  get isWhole(): boolean {
    return this.askedToMs > -Infinity && this.gaps.length === 0;
  }

  /** When there is something to ask: at once, or when the next step is over. */
  dueMs(nowMs: number): number {
    const isDue = this.gaps.length > 0 || this.newestEnd(nowMs) > this.askedToMs;
    return Math.max(this.notBeforeMs, isDue ? nowMs : this.askedToMs + this.unitMs + this.limits.lag);
  }

  /** The time of which to ask next, on whole minutes and steps; undefined while there is none. */
  next(nowMs: number): TimeRange | undefined {
    const { unitMs } = this;
    const longest = this.most * this.question.stepMs;
    const toMs = this.newestEnd(nowMs);
    if (toMs > this.askedToMs) {
      const fromMs = Math.max(this.askedToMs - this.limits.again, toMs - longest);
      return { fromMs: Math.floor(fromMs / unitMs) * unitMs, toMs };
    }
    const gap = this.gaps.at(-1);
    if (gap === undefined) return undefined;
    const end = Math.min(Math.ceil(gap.toMs / unitMs) * unitMs, this.askedToMs);
    return { fromMs: Math.floor(Math.max(gap.fromMs, end - longest) / unitMs) * unitMs, toMs: end };
  }

  /** That time was answered. */
  done({ fromMs, toMs }: TimeRange): void {
    if (toMs > this.askedToMs) {
      // After a long silence of the server the newest comes first, and what lies before it is one more gap.
      if (fromMs > this.askedToMs) this.gaps.push({ fromMs: this.askedToMs, toMs: fromMs });
      this.askedToMs = toMs;
      return;
    }
    const gap = this.gaps.pop();
    if (gap !== undefined && gap.fromMs < fromMs) this.gaps.push({ fromMs: gap.fromMs, toMs: fromMs });
  }

  /** The answer was too long. */
  askLess(): void {
    this.most = Math.max(LEAST_STEPS, Math.floor(this.most / 2));
  }

  /** Whole minutes made of whole steps. */
  private get unitMs(): number {
    return Math.max(MINUTE_MS, this.question.stepMs);
  }

  private newestEnd(nowMs: number): number {
    return Math.floor((nowMs - this.limits.lag) / this.unitMs) * this.unitMs;
  }
}

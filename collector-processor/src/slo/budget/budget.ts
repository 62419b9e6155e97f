import type { BudgetNames } from '../../model/slo-correction.ts';
import type { Counts, HourOfCounts } from '../../model/slo-counts.ts';
import type { PlacedObjective } from '../../model/slo.ts';
import { periodOf } from '../rules/budget-rules.ts';
import { labelsOfSlo } from '../rules/slo-labels.ts';
import { budgetId, budgetKey, type Group } from './budget-key.ts';
import { type BudgetState, budgetState } from './budget-state.ts';
import { CorrectedCounts } from './corrected-counts.ts';
import { CountRing } from './count-ring.ts';
import type { TimeRange } from './ranges.ts';
import { windowAt } from './time-window.ts';

const MINUTE_MS = 60_000;
const LEAST_MISSED_MS = 15 * MINUTE_MS;

/** A month of the calendar may have 31 days, a quarter 92, and burn rates look back three days in any case. */
const longestOf = (seconds: number) => Math.max(4 * 86_400, seconds * 1.04) / 60;

/** The error budget of one objective, or of one group of it: what was counted, by the minute, and what it says now. */
export class Budget implements BudgetNames {
  readonly id: string;
  readonly key: string;
  readonly objectiveId: string;
  readonly group: Group;
  /** Of the series that tell of it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly objective: PlacedObjective;
  private ring: CountRing;
  private toldAtMs: number | undefined;

  constructor(objective: PlacedObjective, group: Group = {}) {
    const { id, own } = labelsOfSlo(objective);
    this.objectiveId = id;
    this.group = group;
    this.id = budgetId(id, group);
    this.key = budgetKey(id, group);
    this.labels = { ...plainNames(group), ...own };
    this.objective = objective;
    this.ring = emptyRing(objective);
  }

  /** Requests are counted as they come; minutes without any are no gaps. */
  get isAsked(): boolean {
    return this.objective.indicator.kind !== 'requests';
  }

  /** Whether anything was ever counted. */
  get isTold(): boolean {
    return this.toldAtMs !== undefined;
  }

  toldBefore(timeMs: number): boolean {
    return this.toldAtMs !== undefined && this.toldAtMs < timeMs;
  }

  /** Somebody else counts from now on. */
  forget(): void {
    this.ring = emptyRing(this.objective);
    this.toldAtMs = undefined;
  }

  /** On top of what is there. False for a time that is older than what is kept. */
  add(timeMs: number, counts: Counts): boolean {
    this.toldAtMs = Math.max(this.toldAtMs ?? 0, timeMs);
    return this.ring.add(timeMs, counts);
  }

  /** In place of what is there; whether that was something else. */
  set(timeMs: number, counts: Counts): boolean {
    this.toldAtMs = Math.max(this.toldAtMs ?? 0, timeMs);
    const before = this.ring.at(timeMs);
    if (!this.ring.set(timeMs, counts)) return false;
    const after = this.ring.at(timeMs);
    return before?.total !== after?.total || before?.bad !== after?.bad;
  }

  state(nowMs: number, takenOut: readonly TimeRange[] = []): BudgetState {
    const { objective, toldAtMs } = this;
    const { indicator } = objective;
    const stepMs = indicator.kind === 'slices' ? indicator.sliceMs : MINUTE_MS;
    return budgetState({
      ...{ objective, nowMs, toldAtMs },
      isShare: indicator.kind === 'share',
      counts: new CorrectedCounts(this.ring, takenOut),
      missedMs: Math.max(LEAST_MISSED_MS, 3 * stepMs),
    });
  }

  /** Of the range as far as it is kept. */
  unknownMinutes({ fromMs, toMs }: TimeRange): number {
    if (!this.isAsked) return 0;
    const all = Math.ceil(toMs / MINUTE_MS) - Math.ceil(fromMs / MINUTE_MS);
    return Math.max(0, all - this.ring.knownMinutes({ fromMs, toMs }));
  }

  gaps(range: TimeRange): readonly TimeRange[] {
    return this.ring.gaps(range);
  }

  /**
   * Share of the whole budget that a time took, in whole minutes; 0 of too few events. While the window is not full yet, its
   * budget is what it would be if events came as often as in that time.
   */
  spent({ fromMs, toMs }: TimeRange, nowMs: number): number {
    const { target, window, alerting } = this.objective;
    const { total, bad } = this.ring.sum(Math.floor(fromMs / MINUTE_MS) * MINUTE_MS, toMs);
    if (total < alerting.minEvents || bad < alerting.minFailures) return 0;
    const period = windowAt(window, nowMs);
    const soFar = this.ring.sum(period.fromMs, nowMs).total;
    const times = (period.toMs - period.fromMs) / Math.max(MINUTE_MS, toMs - fromMs);
    return bad / (Math.max(soFar, total * times) * (1 - target));
  }

  /** How far back counts are kept. */
  get keptMs(): number {
    return this.ring.length * MINUTE_MS;
  }

  /** Counts of before a restart: on top of what came since, or below it where minutes are asked for as a whole. */
  restore({ hourMs, minutes }: HourOfCounts): void {
    for (const [minute, counts] of minutes.entries()) {
      const timeMs = hourMs + minute * MINUTE_MS;
      if (counts === undefined) continue;
      if (!this.isAsked && (counts.total !== 0 || counts.bad !== 0)) this.add(timeMs, counts);
      else if (this.isAsked && this.ring.at(timeMs) === undefined) this.set(timeMs, counts);
    }
  }

  /** Sixty minutes from the hour on, for the store. */
  hour(hourMs: number): HourOfCounts['minutes'] {
    return this.ring.hour(hourMs);
  }
}

function emptyRing({ window }: PlacedObjective): CountRing {
  return new CountRing({ length: Math.ceil(longestOf(periodOf(window).seconds)) });
}

/** Names of labels as Prometheus' text has them. */
function plainNames(group: Group): Group {
  return Object.fromEntries(
    Object.entries(group).map(([name, value]): [string, string] => [name.replace(/\W/g, '_'), value]),
  );
}

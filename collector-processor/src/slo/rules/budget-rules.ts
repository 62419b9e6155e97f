import type { Objective, SloWindow } from '../../model/slo.ts';
import { promText } from '../../runtime/yaml/lengths-of-time.ts';
import type { Span } from '../promql/shares.ts';
import { calendarRules, calendarUnit, sumOfUnit } from './calendar-rules.ts';
import { countable } from './countable.ts';
import type { RecordingRule } from './rule-file.ts';
import { badSeries, ratioSeries, totalSeries } from './sli-rules.ts';
import { labelsOfSlo } from './slo-labels.ts';
import { burnWindows } from './tiers.ts';

/** Recorded every minute, of the last five. */
const RECORDED: Span = { text: '5m', seconds: 300 };
export const EVERY_SECONDS = 60;

/** Its rate says when the budget ends: long enough to be calm, short enough to see what is going on. */
const OUTLOOK: Span = { text: '6h', seconds: 6 * 3600 };

const days = { day: 1, week: 7, month: 30, quarter: 90, year: 365 } as const;

/** The length of the SLO's window: a month of the calendar is taken for 30 days. */
export function periodOf(window: SloWindow): Span {
  const seconds = window.kind === 'rolling' ? window.durationMs / 1000 : window.count * days[window.unit] * 86_400;
  const text = promText(seconds * 1000);
  // A series of that name would be recorded twice.
  const isTaken = burnWindows.some((burn) => burn.text === text);
  return { text: isTaken ? `${seconds / 60}m` : text, seconds };
}

/** Share of bad events over the SLO's window, each event with the same weight. */
export function periodRules(objective: Objective): readonly RecordingRule[] {
  const { labels, selector } = labelsOfSlo(objective);
  const period = periodOf(objective.window);
  const ofPeriod = { ...labels, sloth_window: period.text };
  const looked = `[${period.text}]`;
  if (countable(objective) === undefined) {
    const mean = `avg_over_time(${ratioSeries(RECORDED)}${selector}${looked})`;
    return [{ record: ratioSeries(period), expr: mean, labels: ofPeriod }];
  }
  // Each event is in as many recorded values as the five minutes have evaluations.
  const once = EVERY_SECONDS / RECORDED.seconds;
  const unit = calendarUnit(objective.window);
  const sum = (series: string) =>
    `${unit === undefined ? `sum_over_time(${series}${selector}${looked})` : sumOfUnit(series, selector, unit)} * ${once}`;
  return [
    ...(unit === undefined ? [] : calendarRules(objective, unit, RECORDED)),
    { record: badSeries(period), expr: sum(badSeries(RECORDED)), labels: ofPeriod },
    { record: totalSeries(period), expr: sum(totalSeries(RECORDED)), labels: ofPeriod },
    {
      record: ratioSeries(period),
      expr: `clamp(${badSeries(period)}${selector} / (${totalSeries(period)}${selector} > 0), 0, 1)`,
      labels: ofPeriod,
    },
  ];
}

/** Objective, budget, burn rates, what is left and when it ends. */
export function budgetRules(objective: Objective): readonly RecordingRule[] {
  const { labels, selector } = labelsOfSlo(objective);
  const period = periodOf(objective.window);
  const budget = budgetOf(objective);
  const burn = (window: Span) => `max without (sloth_window) (${ratioSeries(window)}${selector}) / ${budget}`;
  const left = `slo:period_error_budget_remaining:ratio${selector}`;
  const outlook = `(${burn(OUTLOOK)} > 0)`;
  const rules = {
    'slo:objective:ratio': `vector(${objective.target})`,
    'slo:error_budget:ratio': `vector(${budget})`,
    'slo:time_period:days': `vector(${period.seconds / 86_400})`,
    'slo:current_burn_rate:ratio': burn(RECORDED),
    'slo:period_burn_rate:ratio': burn(period),
    'slo:period_error_budget_remaining:ratio': `1 - slo:period_burn_rate:ratio${selector}`,
    'slo:error_budget_exhaustion:timestamp_seconds': `time() + clamp_min(${left}, 0) / ${outlook} * ${period.seconds}`,
    sloth_slo_info: 'vector(1)',
  };
  const percent = String(Number((objective.target * 100).toPrecision(12)));
  return Object.entries(rules).map(([record, expr]) => ({
    record,
    expr,
    labels: record === 'sloth_slo_info' ? { ...labels, sloth_objective: percent, sloth_mode: 'sentinel' } : labels,
  }));
}

/** Share of events that may be bad, without the noise of the subtraction. */
export function budgetOf({ target }: Objective): number {
  return Number((1 - target).toPrecision(12));
}

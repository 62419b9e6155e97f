import type { CalendarUnit, Objective, SloWindow } from '../../model/slo.ts';
import type { Span } from '../promql/shares.ts';
import type { RecordingRule } from './rule-file.ts';
import { badSeries, totalSeries } from './sli-rules.ts';
import { labelsOfSlo } from './slo-labels.ts';

/**
 * PromQL has no range that begins with a date. So what is counted gets a label that says which month (day, week, …) it is in,
 * and the budget is a sum over the longest month there is, of those with the label of today. In UTC: rules know no time zones.
 */
const PERIOD = 'sloth_period';

/** Numbers the unit of the calendar that a moment lies in; weeks begin on Monday. */
const numberOf: Readonly<Record<CalendarUnit, string>> = {
  day: 'floor(vector(time()) / 86400)',
  week: 'floor((vector(time()) / 86400 + 3) / 7)',
  month: '(year() * 12 + month() - 1)',
  quarter: 'floor((year() * 12 + month() - 1) / 3)',
  year: 'year()',
};

const longestDays: Readonly<Record<CalendarUnit, number>> = { day: 1, week: 7, month: 31, quarter: 92, year: 366 };

const calendarSeries = (series: string): string => `${series}:calendar`;

/** The unit whose turns rules can tell, or `undefined`. Several units at once begin with an anchor, which they cannot. */
export function calendarUnit(window: SloWindow): CalendarUnit | undefined {
  return window.kind === 'calendar' && window.count === 1 ? window.unit : undefined;
}

/** What was counted of late, with the number of the unit. */
export function calendarRules(objective: Objective, unit: CalendarUnit, recorded: Span): readonly RecordingRule[] {
  const { labels, selector } = labelsOfSlo(objective);
  return [badSeries(recorded), totalSeries(recorded)].map((series) => ({
    record: calendarSeries(series),
    expr: `${series}${selector} * on () group_left (${PERIOD}) ${numbered(unit)}`,
    labels,
  }));
}

/** The sum of all that was recorded since the unit began. */
export function sumOfUnit(series: string, selector: string, unit: CalendarUnit): string {
  const all = `sum_over_time(${calendarSeries(series)}${selector}[${longestDays[unit]}d])`;
  return `sum without (${PERIOD}) (${all} * on (${PERIOD}) group_left () ${numbered(unit)})`;
}

function numbered(unit: CalendarUnit): string {
  return `count_values("${PERIOD}", ${numberOf[unit]})`;
}

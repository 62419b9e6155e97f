import { dateTimeFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { t } from '@grafana/i18n';
import type { Mark } from './marks';

const longestText = 120;

/** A mark's first line: the sentence of its event, or the count of a column. Also what a screen reader speaks. */
export function describeMark(mark: Mark, timeZone: TimeZone): string {
  if (mark.event !== undefined) {
    return cut(mark.event.sentence);
  }
  const [from, to] = [clock(mark.fromMs, timeZone), clock(mark.toMs, timeZone)];
  return t('timeline.column', '{{count}} anomalies, {{from}} to {{to}}', { count: mark.count, from, to });
}

/** A mark's second line: when, and how odd. */
export function detailMark(mark: Mark, timeZone: TimeZone): string {
  const score = mark.highestScore.toFixed(1);
  if (mark.event === undefined) {
    return t('timeline.column-detail', 'Highest score {{score}} (1 is the border).', { score });
  }
  const [from, to] = [clock(mark.fromMs, timeZone), clock(mark.toMs, timeZone)];
  if (mark.highestScore === 0) {
    return from;
  }
  return t('timeline.bar-detail', '{{from}} to {{to}}, score {{score}} (1 is the border).', { from, to, score });
}

export function clock(timeMs: number, timeZone: TimeZone): string {
  return dateTimeFormat(timeMs, { timeZone, format: 'HH:mm:ss' });
}

/** Telemetry text is one plain line of at most 120 characters. */
export function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestText ? `${line.slice(0, longestText - 1)}…` : line;
}

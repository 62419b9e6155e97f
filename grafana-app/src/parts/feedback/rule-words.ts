import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { Rule } from '../../api/feedback';
import { unescaped } from '../../app/unescaped';
import { cut } from '../../components/timeline/describe-mark';
import { formatIn, formatValue, type Measured, unitOf } from '../../grafana/format-value';

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });
const score = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

/** What a rule changes, one sentence each; none for a rule that changes nothing. */
export function ruleWords(rule: Rule, measured: Measured | undefined = measuredOf(rule)): string[] {
  const { threshold, direction, minimumChange, minimumShare } = rule;
  return [
    threshold !== undefined &&
      t('rule.threshold', 'A score of {{score}} makes a notice here, in place of 1.', {
        score: score.format(threshold),
        interpolation: unescaped,
      }),
    direction === 'up' && t('rule.up', 'Only a rise is news.'),
    direction === 'down' && t('rule.down', 'Only a fall is news.'),
    minimumChange !== undefined &&
      t('rule.change', 'A change of less than {{change}} is no news.', {
        change: changeText(measured, minimumChange),
        interpolation: unescaped,
      }),
    minimumShare !== undefined &&
      t('rule.share', 'A change of less than {{share}} of what was expected is no news.', {
        share: percent.format(minimumShare),
        interpolation: unescaped,
      }),
  ].filter((sentence) => sentence !== false);
}

/** Undefined where the rule does not say what its series measure. */
function measuredOf({ scope: { signal, measure } }: Rule): Measured | undefined {
  return signal === undefined || measure === undefined ? undefined : { signal, measure };
}

/** Of the number that a change is given in; empty for shares, and where nobody knows what is measured. */
export function changeUnit(rule: Rule, measured: Measured | undefined = measuredOf(rule)): string {
  return measured === undefined ? '' : unitOf(measured).replace(/^(suffix:|percentunit$|short$)/, '');
}

function changeText(measured: Measured | undefined, change: number): string {
  return measured === undefined ? formatIn('short', change) : (formatValue(measured, change) ?? '');
}

/** Where and when it acts; of one series by its title where that is known. */
export function scopeWords({ scope, window }: Rule, title?: string): string {
  const where =
    scope.seriesId !== undefined && title !== undefined
      ? t('rule.scope-titled', 'For {{title}}', { title: cut(title), interpolation: unescaped })
      : scope.seriesId === undefined
        ? t('rule.scope-all', 'For all series of {{what}}', {
            what: [scope.service, scope.operation, scope.metric, scope.measure].filter(Boolean).join(', '),
            interpolation: unescaped,
          })
        : t('rule.scope-series', 'For this series');
  const when = windowWords(window);
  return when === '' ? `${where}.` : `${where}, ${when}.`;
}

/** Sunday is 0, as the API counts. */
const A_SUNDAY_MS = Date.UTC(2024, 0, 7);
const DAY_MS = 86_400_000;

function windowWords(window: Rule['window']): string {
  if (window === undefined) {
    return '';
  }
  const { days = [], fromMinute, toMinute } = window;
  const names = days.map((day) => dateTimeFormat(A_SUNDAY_MS + day * DAY_MS, { format: 'dddd', timeZone: 'utc' }));
  const hours =
    fromMinute === undefined || toMinute === undefined ? '' : `${clock(fromMinute)} – ${clock(toMinute)} UTC`;
  return [names.join(', '), hours].filter((text) => text !== '').join(' ');
}

function clock(minute: number): string {
  return dateTimeFormat(minute * 60_000, { format: 'HH:mm', timeZone: 'utc' });
}

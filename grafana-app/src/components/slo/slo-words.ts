import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { BadgeColor, IconName } from '@grafana/ui';
import type { Slo, SloCrossing, SloStatus } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { shortDate } from '../../grafana/format-time';
import { formatExactly, formatIn } from '../../grafana/format-value';

export function statusWord(status: SloStatus): string {
  return {
    exhausted: t('slo.exhausted', 'Exhausted'),
    burning_fast: t('slo.burning-fast', 'Burning fast'),
    burning: t('slo.burning', 'Burning'),
    burning_slowly: t('slo.burning-slowly', 'Burning slowly'),
    trickle: t('slo.trickle', 'Trickle'),
    rising: t('slo.rising', 'Rising'),
    recovering: t('slo.recovering', 'Recovering'),
    on_track: t('slo.on-track', 'On track'),
    too_few_events: t('slo.too-few', 'Too few events'),
    no_data: t('slo.no-data', 'No data'),
    implausible: t('slo.implausible', 'Implausible'),
  }[status];
}

/** How badly a budget burns, in the words of its status. */
function levelWord(level: SloCrossing['to']): string {
  return {
    none: t('slo.level-none', 'Not burning any more'),
    trickle: statusWord('trickle'),
    slow: statusWord('burning_slowly'),
    medium: statusWord('burning'),
    fast: statusWord('burning_fast'),
    exhausted: statusWord('exhausted'),
  }[level];
}

/** "Checkout availability: burning fast, 22x" */
export function crossingText({ title, to, rate }: Pick<SloCrossing, 'title' | 'to' | 'rate'>): string {
  const level = levelWord(to).toLowerCase();
  return [`${title}: ${level}`, ...(rate === null || to === 'none' ? [] : [burnText(rate)])].join(', ');
}

interface Look {
  readonly icon: IconName;
  readonly color: BadgeColor;
}

/** Only what is well is green. */
export const statusLooks: Readonly<Record<SloStatus, Look>> = {
  exhausted: { icon: 'times-circle', color: 'red' },
  burning_fast: { icon: 'fire', color: 'red' },
  burning: { icon: 'exclamation-triangle', color: 'orange' },
  burning_slowly: { icon: 'hourglass', color: 'orange' },
  trickle: { icon: 'angle-double-down', color: 'orange' },
  rising: { icon: 'arrow-up', color: 'orange' },
  recovering: { icon: 'arrow-down', color: 'blue' },
  on_track: { icon: 'check', color: 'green' },
  too_few_events: { icon: 'minus-circle', color: 'darkgrey' },
  no_data: { icon: 'question-circle', color: 'darkgrey' },
  implausible: { icon: 'bug', color: 'purple' },
};

export function noFigure(): string {
  return t('slo.no-figure', 'No data');
}

/** "12%", "-18%" when overspent: the one form in which a budget stands anywhere. */
export function leftText(left: number | null): string {
  return left === null ? noFigure() : formatIn('percentunit', left);
}

/** "22x": so many times as fast as the budget allows. */
export function burnText(rate: number | null): string {
  return rate === null
    ? noFigure()
    : t('slo.rate', '{{rate}}x', { rate: formatIn('none', Number(rate.toPrecision(3))), interpolation: unescaped });
}

/** "99.95%": an objective is said as it was written. */
export function objectiveText(objective: number): string {
  return formatExactly('percent', objective * 100);
}

/** "99.9% / 28d" */
export function promiseText({ objective, window }: Pick<Slo, 'objective' | 'window'>): string {
  return `${objectiveText(objective)} / ${window}`;
}

const DAY_MS = 86_400_000;

/** A day to come; with its time when it is near. */
export function dayText(timeMs: number): string {
  return timeMs - Date.now() < 2 * DAY_MS ? shortDate(timeMs) : dateTimeFormat(timeMs, { format: 'D MMM' });
}

type Ending = Pick<Slo, 'status' | 'left' | 'exhaustion'>;

/** "18 Oct (16 Oct to 21 Oct)" */
export function runsOutText({ status, left, exhaustion }: Ending): string {
  if (exhaustion !== undefined) {
    return `${dayText(exhaustion.atMs)} (${betweenText(exhaustion)})`;
  }
  if (left !== null && left <= 0) {
    return t('slo.used-up', 'Used up');
  }
  return left === null || status === 'no_data' || status === 'implausible'
    ? t('slo.unknown', 'Unknown')
    : t('slo.not-in-window', 'Not in this window');
}

/** "16 Oct to 21 Oct": as far apart as chance lets it look. */
export function betweenText({ earliestMs, latestMs }: NonNullable<Slo['exhaustion']>): string {
  const earliest = dayText(earliestMs);
  return latestMs === undefined
    ? t('slo.or-later', '{{earliest}} or later', { earliest, interpolation: unescaped })
    : t('slo.between', '{{earliest}} to {{latest}}', {
        earliest,
        latest: dayText(latestMs),
        interpolation: unescaped,
      });
}

import { t } from '@grafana/i18n';
import type { BadgeColor, IconName } from '@grafana/ui';
import { unescaped } from '../../app/unescaped';
import { formatIn } from '../../grafana/format-value';
import type { Health, ServiceRow } from './service-rows';

export function healthWord(health: Health): string {
  return {
    anomalous: t('services.anomalous', 'Anomalous'),
    normal: t('services.normal', 'Normal'),
    remote: t('services.remote', 'Seen by callers only'),
  }[health];
}

/** Only what is well is green. */
export const healthLooks: Readonly<Record<Health, { readonly icon: IconName; readonly color: BadgeColor }>> = {
  anomalous: { icon: 'exclamation-triangle', color: 'orange' },
  normal: { icon: 'check', color: 'green' },
  remote: { icon: 'eye-slash', color: 'darkgrey' },
};

export function noData(): string {
  return t('services.no-data', 'No data');
}

function formatted(unit: string, value: number | undefined): string {
  return value === undefined ? noData() : formatIn(unit, value);
}

/** "212 /s" */
export const rateText = (rate: number | undefined): string => formatted('suffix:/s', rate);
/** "14.2%" */
export const percentText = (share: number | undefined): string => formatted('percentunit', share);
/** "840 ms" */
export const secondsText = (seconds: number | undefined): string => formatted('s', seconds);

/** "122 /s, 0.2% failed, p95 60 ms" */
export function callsText({
  rate,
  errorRatio,
  p95Seconds,
}: Pick<ServiceRow, 'rate' | 'errorRatio' | 'p95Seconds'>): string {
  return rate === undefined
    ? t('services.no-callers', 'No caller was seen.')
    : t('services.calls-text', '{{rate}}, {{failed}} failed, p95 {{p95}}', {
        rate: rateText(rate),
        failed: percentText(errorRatio),
        p95: secondsText(p95Seconds),
        interpolation: unescaped,
      });
}

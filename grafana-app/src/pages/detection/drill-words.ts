import { t } from '@grafana/i18n';
import type { DrillKind } from '../../api/drills';
import { unescaped } from '../../app/unescaped';
import { formatIn } from '../../grafana/format-value';

export function kindWord(kind: DrillKind['kind']): string {
  return {
    point: t('drills.point', 'One step'),
    level: t('drills.level', 'Level'),
    trend: t('drills.trend', 'Trend'),
    spread: t('drills.spread', 'Spread'),
    silence: t('drills.silence', 'Silence'),
  }[kind];
}

/** "92%"; that none has ended yet is not 0. */
export function recallText(recall: number | null): string {
  return recall === null ? t('services.no-data', 'No data') : formatIn('percentunit', Math.round(recall * 100) / 100);
}

/** Median; 0 is the first step of the fault. */
export function delayText(steps: number | null): string {
  return steps === null
    ? t('services.no-data', 'No data')
    : t('drills.steps', '', {
        count: steps,
        interpolation: unescaped,
        defaultValue_one: '{{count}} step',
        defaultValue_other: '{{count}} steps',
      });
}

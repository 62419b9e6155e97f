import { t } from '@grafana/i18n';
import type { Feedback } from '../../api/feedback';
import { unescaped } from '../../app/unescaped';
import { formatCount, formatDuration } from '../../grafana/format-value';

/** What the rule would have done to the scores that are stored; undefined where none are. */
export function effectWords({ fromMs, toMs, steps, before, after }: Feedback['effect']): string | undefined {
  if (steps === 0) {
    return undefined;
  }
  return t(
    'receipt.effect',
    'In the last {{range}}: notices {{noticesBefore}} to {{notices}}, pages {{pagesBefore}} to {{pages}}.',
    {
      range: formatDuration(toMs - fromMs),
      notices: formatCount(after.notices),
      noticesBefore: formatCount(before.notices),
      pages: formatCount(after.pages),
      pagesBefore: formatCount(before.pages),
      interpolation: unescaped,
    },
  );
}

/** What the figures leave out. */
export function limitWords({ seriesLeftOut, isApproximate }: Feedback['effect']): string {
  return [
    seriesLeftOut > 0 &&
      t('receipt.left-out', '', {
        count: seriesLeftOut,
        defaultValue_one: 'Without {{count}} series whose scores are not stored.',
        defaultValue_other: 'Without {{count}} series whose scores are not stored.',
      }),
    isApproximate &&
      t('receipt.approximate', 'Some scores are stored without their values and were taken as they are.'),
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

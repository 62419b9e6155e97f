import { t } from '@grafana/i18n';
import { unescaped } from '../../app/unescaped';
import { dayText } from '../../components/slo/slo-words';
import type { PanelSlo } from './panel-slo';

/** When the budget runs out; empty where nobody says, or nobody asks. */
export function endOf({ endsMs, left }: PanelSlo, isAsked: boolean): string {
  if (!isAsked || endsMs === undefined || left === undefined) {
    return '';
  }
  if (left.value <= 0) {
    return t('slo.used-up', 'Used up');
  }
  return endsMs === null
    ? t('slo.not-in-window', 'Not in this window')
    : t('panel.slo.ends', 'Runs out {{at}}', { at: dayText(endsMs), interpolation: unescaped });
}

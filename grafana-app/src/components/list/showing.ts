import { t } from '@grafana/i18n';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';

/** "Showing 50 of 212" */
export function showing(shown: number, total: number): string {
  return t('list.showing', 'Showing {{shown}} of {{total}}', {
    shown: formatCount(shown),
    total: formatCount(total),
    interpolation: unescaped,
  });
}

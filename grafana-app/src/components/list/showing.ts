import { t } from '@grafana/i18n';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';

/** "Showing 50 of 212"; of "212+" where nobody counted them all. */
export function showing(shown: number, total: number, totalIsExact = true): string {
  return t('list.showing', 'Showing {{shown}} of {{total}}', {
    shown: formatCount(shown),
    total: totalIsExact ? formatCount(total) : `${formatCount(total)}+`,
    interpolation: unescaped,
  });
}

import { t } from '@grafana/i18n';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';

/** "5 services" */
export function servicesText(count: number): string {
  return t('incident.services', '', {
    count,
    formatted: formatCount(count),
    interpolation: unescaped,
    defaultValue_one: '{{formatted}} service',
    defaultValue_other: '{{formatted}} services',
  });
}

/** "412 anomalies" */
export function anomaliesText(count: number): string {
  return t('incident.anomalies', '', {
    count,
    formatted: formatCount(count),
    interpolation: unescaped,
    defaultValue_one: '{{formatted}} anomaly',
    defaultValue_other: '{{formatted}} anomalies',
  });
}

import { t } from '@grafana/i18n';
import type { StateWords } from '../StateLine';

export function stateWords(): StateWords {
  return {
    loading: t('slos.loading', 'Loading SLOs'),
    forbidden: t('panel.slo.forbidden', 'You cannot view SLOs'),
    failed: t('slos.failed', 'SLOs could not be loaded'),
    none: t('panel.slo.none', 'No SLOs match'),
  };
}

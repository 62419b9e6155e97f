import { t } from '@grafana/i18n';
import type { StateWords } from '../StateLine';

export function stateWords(): StateWords {
  return {
    loading: t('incidents.loading', 'Loading incidents'),
    forbidden: t('panel.forbidden', 'You cannot view incidents'),
    failed: t('incidents.failed', 'Incidents could not be loaded'),
    none: t('panel.timeline.none', 'No incidents in this range'),
  };
}

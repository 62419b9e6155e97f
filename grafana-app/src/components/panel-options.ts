import { t } from '@grafana/i18n';

type Source = 'sentinel' | 'query';

/** Where a panel's data come from: the same choice in every panel. */
export function sourceOption() {
  const options: Array<{ value: Source; label: string }> = [
    { value: 'sentinel', label: t('panel.timeline.source-sentinel', 'Sentinel') },
    { value: 'query', label: t('panel.timeline.source-query', 'Query') },
  ];
  const byDefault: Source = 'sentinel';
  const name = t('panel.timeline.source', 'Source');
  return { path: 'source' as const, name, defaultValue: byDefault as Source, settings: { options } };
}

/** Names of services, or a variable that holds them. */
export function serviceOption() {
  return {
    path: 'service',
    name: t('panel.timeline.service', 'Service'),
    description: severalHint(),
    defaultValue: '',
  } as const;
}

export function severalHint(): string {
  return t('panel.timeline.service-hint', 'Empty shows all. Several are separated by commas.');
}

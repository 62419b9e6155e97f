import { t } from '@grafana/i18n';
import { Combobox, Field } from '@grafana/ui';
import { useId } from 'react';
import type { AppSettings } from '../../app/settings';
import { onlySource, sourcesOf } from '../../grafana/data-sources';

const sources = [
  { key: 'metricsUid', type: 'prometheus' },
  { key: 'logsUid', type: 'loki' },
  { key: 'tracesUid', type: 'tempo' },
] as const;

/** Fills in what leaves no choice. A source that was cleared on purpose is kept as an empty text and stays so. */
export function preselect(settings: AppSettings): AppSettings {
  const chosen = sources.flatMap(({ key, type }) => {
    const uid = settings[key] ?? onlySource(type);
    return uid === undefined ? [] : [[key, uid] as const];
  });
  return { ...settings, ...Object.fromEntries(chosen) };
}

interface Props {
  readonly settings: AppSettings;
  readonly onChange: (settings: AppSettings) => void;
}

/** Where the evidence of an anomaly is looked up. */
export function SourceFields({ settings, onChange }: Props) {
  const ids = { metricsUid: useId(), logsUid: useId(), tracesUid: useId() };
  const labels = {
    metricsUid: t('configuration.metrics-source', 'Metrics data source'),
    logsUid: t('configuration.logs-source', 'Logs data source'),
    tracesUid: t('configuration.traces-source', 'Traces data source'),
  };
  return sources.map(({ key, type }) => (
    <Field key={key} label={labels[key]} htmlFor={ids[key]}>
      {/* Grafana's own picker calls every one of them "Select a data source", and so they could not be told apart by ear. */}
      <Combobox
        id={ids[key]}
        isClearable
        placeholder={t('configuration.choose-source', 'Choose a data source')}
        value={settings[key] || null}
        options={sourcesOf(type).map(({ uid, name }) => ({ value: uid, label: name }))}
        onChange={(chosen) => onChange({ ...settings, [key]: chosen?.value ?? '' })}
      />
    </Field>
  ));
}

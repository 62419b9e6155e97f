import { t } from '@grafana/i18n';
import { Combobox, MultiCombobox } from '@grafana/ui';
import type { IncidentAddress } from './incident-address';
import type { ChangeAddress } from './use-address';

export interface FilterProps {
  readonly address: IncidentAddress;
  /** Names to choose from; others may be typed. */
  readonly services: readonly string[];
  readonly onChange: ChangeAddress;
}

export function FilterFields({ address, services, onChange }: FilterProps) {
  return (
    <>
      <Combobox
        width={22}
        aria-label={t('incidents.state', 'State')}
        value={address.state}
        options={[
          { value: 'open', label: t('incidents.state-open', 'State: not closed') },
          { value: 'closed', label: t('incidents.state-closed', 'State: closed') },
          { value: 'all', label: t('incidents.state-any', 'State: all') },
        ]}
        onChange={({ value }) => onChange({ state: value })}
      />
      <Combobox
        width={20}
        aria-label={t('incidents.severity', 'Severity')}
        value={address.severity}
        options={[
          { value: 'all', label: t('incidents.severity-any', 'Severity: all') },
          { value: 'major', label: t('incidents.severity-major', 'Severity: major') },
          { value: 'minor', label: t('incidents.severity-minor', 'Severity: minor') },
        ]}
        onChange={({ value }) => onChange({ severity: value })}
      />
      <MultiCombobox
        width={24}
        aria-label={t('incidents.service', 'Service')}
        placeholder={t('incidents.service-any', 'Service: all')}
        value={[...address.service]}
        options={services.map((value) => ({ value, label: value }))}
        createCustomValue
        onChange={(chosen) => onChange({ service: chosen.map(({ value }) => value) })}
      />
    </>
  );
}

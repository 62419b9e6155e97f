import { t } from '@grafana/i18n';
import { Combobox, MultiCombobox } from '@grafana/ui';
import { useId } from 'react';
import { HiddenLabel } from '../../components/HiddenLabel';
import type { ChangeAddress, IncidentAddress } from './incident-address';

export interface FilterProps {
  readonly address: IncidentAddress;
  /** Names to choose from; others may be typed. */
  readonly services: readonly string[];
  readonly onChange: ChangeAddress;
}

export function FilterFields({ address, services, onChange }: FilterProps) {
  const ids = { state: useId(), severity: useId(), service: useId() };
  return (
    <>
      <HiddenLabel htmlFor={ids.state}>{t('incidents.state', 'State')}</HiddenLabel>
      <Combobox
        width={22}
        id={ids.state}
        value={address.state}
        options={[
          { value: 'open', label: t('incidents.state-open', 'State: not closed') },
          { value: 'closed', label: t('incidents.state-closed', 'State: closed') },
          { value: 'all', label: t('incidents.state-any', 'State: all') },
        ]}
        onChange={({ value }) => onChange({ state: value })}
      />
      <HiddenLabel htmlFor={ids.severity}>{t('incidents.severity', 'Severity')}</HiddenLabel>
      <Combobox
        width={20}
        id={ids.severity}
        value={address.severity}
        options={[
          { value: 'all', label: t('incidents.severity-any', 'Severity: all') },
          { value: 'major', label: t('incidents.severity-major', 'Severity: major') },
          { value: 'minor', label: t('incidents.severity-minor', 'Severity: minor') },
        ]}
        onChange={({ value }) => onChange({ severity: value })}
      />
      <HiddenLabel htmlFor={ids.service}>{t('incidents.service', 'Service')}</HiddenLabel>
      <MultiCombobox
        width={24}
        id={ids.service}
        placeholder={t('incidents.service-any', 'Service: all')}
        value={[...address.service]}
        options={services.map((value) => ({ value, label: value }))}
        createCustomValue
        onChange={(chosen) => onChange({ service: chosen.map(({ value }) => value) })}
      />
    </>
  );
}

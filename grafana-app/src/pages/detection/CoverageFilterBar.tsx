import { t } from '@grafana/i18n';
import { Button, FilterInput, MultiCombobox, Stack } from '@grafana/ui';
import { useId } from 'react';
import { HiddenLabel } from '../../components/HiddenLabel';
import { type ChangeCoverage, type CoverageAddress, defaults } from './coverage-address';

interface Props {
  readonly address: CoverageAddress;
  /** Names to choose from; others may be typed. */
  readonly services: readonly string[];
  readonly narrow: boolean;
  readonly onChange: ChangeCoverage;
}

export function CoverageFilterBar({ address, services, narrow, onChange }: Props) {
  const service = useId();
  return (
    <Stack wrap="wrap" gap={1} alignItems="center">
      <FilterInput
        width={narrow ? 0 : 30}
        placeholder={t('incidents.search', 'Search')}
        aria-label={t('incidents.search', 'Search')}
        value={address.q}
        escapeRegex={false}
        onChange={(q) => onChange({ q })}
      />
      <HiddenLabel htmlFor={service}>{t('incidents.service', 'Service')}</HiddenLabel>
      <MultiCombobox
        width={24}
        id={service}
        placeholder={t('incidents.service-any', 'Service: all')}
        value={[...address.service]}
        options={services.map((value) => ({ value, label: value }))}
        createCustomValue
        onChange={(chosen) => onChange({ service: chosen.map(({ value }) => value) })}
      />
      <Button variant="secondary" fill="text" onClick={() => onChange(defaults)}>
        {t('incidents.reset', 'Reset')}
      </Button>
    </Stack>
  );
}

import { t } from '@grafana/i18n';
import { MultiCombobox } from '@grafana/ui';
import { useId } from 'react';
import { HiddenLabel } from '../HiddenLabel';

interface Props {
  readonly chosen: readonly string[];
  /** Names to choose from; others may be typed. */
  readonly services: readonly string[];
  readonly onChange: (services: string[]) => void;
}

export function ServiceFilter({ chosen, services, onChange }: Props) {
  const id = useId();
  return (
    <>
      <HiddenLabel htmlFor={id}>{t('list.service', 'Service')}</HiddenLabel>
      <MultiCombobox
        width={24}
        id={id}
        placeholder={t('list.service-any', 'Service: all')}
        value={[...chosen]}
        options={services.map((value) => ({ value, label: value }))}
        createCustomValue
        onChange={(values) => onChange(values.map(({ value }) => value))}
      />
    </>
  );
}

import { t } from '@grafana/i18n';
import { ChoiceFilter } from '../../components/list/ChoiceFilter';
import { FilterBar } from '../../components/list/FilterBar';
import { ServiceFilter } from '../../components/list/ServiceFilter';
import { type AnomalyAddress, type ChangeAddress, countFilters } from './anomaly-address';

interface Props {
  readonly address: AnomalyAddress;
  /** Names to choose from; others may be typed. */
  readonly services: readonly string[];
  readonly folded: boolean;
  readonly onChange: ChangeAddress;
  readonly onReset: () => void;
}

export function AnomalyFilters({ address, services, folded, onChange, onReset }: Props) {
  return (
    <FilterBar
      search={address.q}
      onSearch={(q) => onChange({ q })}
      count={countFilters(address)}
      folded={folded}
      onReset={onReset}
    >
      <ChoiceFilter
        label={t('list.state', 'State')}
        width={22}
        value={address.state}
        options={[
          ['open', t('list.state-open', 'State: not closed')],
          ['closed', t('list.state-closed', 'State: closed')],
          ['all', t('list.state-any', 'State: all')],
        ]}
        onChange={(state) => onChange({ state })}
      />
      <ChoiceFilter
        label={t('list.severity', 'Severity')}
        width={20}
        value={address.severity}
        options={[
          ['all', t('list.severity-any', 'Severity: all')],
          ['major', t('list.severity-major', 'Severity: major')],
          ['minor', t('list.severity-minor', 'Severity: minor')],
        ]}
        onChange={(severity) => onChange({ severity })}
      />
      <ServiceFilter chosen={address.service} services={services} onChange={(service) => onChange({ service })} />
    </FilterBar>
  );
}

import { t } from '@grafana/i18n';
import { Checkbox } from '@grafana/ui';
import { ChoiceFilter } from '../../components/list/ChoiceFilter';
import { FilterBar } from '../../components/list/FilterBar';
import { ServiceFilter } from '../../components/list/ServiceFilter';
import { type ChangeIncidents, countFilters, type IncidentsAddress } from './incidents-address';

interface Props {
  readonly address: IncidentsAddress;
  /** Names to choose from; others may be typed. */
  readonly services: readonly string[];
  readonly folded: boolean;
  readonly onChange: ChangeIncidents;
  readonly onReset: () => void;
}

export function IncidentFilters({ address, services, folded, onChange, onReset }: Props) {
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
          ['unclosed', t('list.state-open', 'State: not closed')],
          ['open', t('incidents.state-open', 'State: open')],
          ['acknowledged', t('incidents.state-acknowledged', 'State: acknowledged')],
          ['mitigated', t('incidents.state-mitigated', 'State: mitigated')],
          ['watching', t('incidents.state-watching', 'State: watching')],
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
          ['critical', t('incidents.severity-critical', 'Severity: critical')],
          ['major', t('list.severity-major', 'Severity: major')],
          ['minor', t('list.severity-minor', 'Severity: minor')],
        ]}
        onChange={(severity) => onChange({ severity })}
      />
      <ServiceFilter chosen={address.service} services={services} onChange={(service) => onChange({ service })} />
      <Checkbox
        label={t('incidents.show-demoted', 'Show demoted')}
        value={address.demoted}
        onChange={({ currentTarget }) => onChange({ demoted: currentTarget.checked })}
      />
    </FilterBar>
  );
}

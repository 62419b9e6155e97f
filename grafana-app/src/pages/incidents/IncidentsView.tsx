import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { useMemo } from 'react';
import type { LoadState } from '../../app/load-state';
import { Loaded } from '../../components/Loaded';
import { useElementWidth } from '../../components/use-element-width';
import { widths } from '../../components/widths';
import { permissions } from '../../grafana/permissions';
import { IncidentFilters } from './IncidentFilters';
import { IncidentList } from './IncidentList';
import type { ChangeIncidents, IncidentsAddress } from './incidents-address';
import type { IncidentsData, useIncidents } from './use-incidents';

interface Props {
  readonly address: IncidentsAddress;
  readonly incidents: ReturnType<typeof useIncidents>;
  readonly onChange: ChangeIncidents;
  readonly onClear: () => void;
}

/** Filters and list, in whatever state they are. */
export function IncidentsView({ address, incidents, onChange, onClear }: Props) {
  const { state, refreshing, readAgain } = incidents;
  const [frame, width] = useElementWidth();
  const services = useMemo(() => servicesOf(state), [state]);
  return (
    <div ref={frame}>
      <Stack direction="column" gap={2}>
        <IncidentFilters
          address={address}
          services={services}
          folded={width > 0 && width < widths.narrow}
          onChange={onChange}
          onReset={onClear}
        />
        <Loaded
          state={state}
          refreshing={refreshing}
          width={width}
          loading={t('incidents.loading', 'Loading incidents')}
          failed={t('incidents.failed', 'Incidents could not be loaded')}
          noun={t('incidents.noun', 'incidents')}
          permission={permissions.readIncidents}
          onTryAgain={readAgain}
        >
          {(ready) => (
            <IncidentList answer={ready} address={address} width={width} onChange={onChange} onClear={onClear} />
          )}
        </Loaded>
      </Stack>
    </div>
  );
}

function servicesOf(state: LoadState<IncidentsData>): string[] {
  const items = state.kind === 'ready' ? state.data.incidents.items : [];
  return [...new Set(items.flatMap(({ services }) => services))].filter((name) => name !== '').sort();
}

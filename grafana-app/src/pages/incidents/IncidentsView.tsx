import { t } from '@grafana/i18n';
import { LoadingBar, Stack } from '@grafana/ui';
import { useMemo } from 'react';
import type { LoadState } from '../../app/load-state';
import { LoadTrouble } from '../../components/LoadTrouble';
import { PageSkeleton } from '../../components/PageSkeleton';
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
        <div style={{ height: 1 }}>{refreshing && <LoadingBar width={width} delay={300} />}</div>
        {state.kind === 'loading' && <PageSkeleton label={t('incidents.loading', 'Loading incidents')} />}
        <LoadTrouble
          state={state}
          title={t('incidents.failed', 'Incidents could not be loaded')}
          noun={t('incidents.noun', 'incidents')}
          permission={permissions.readIncidents}
          onTryAgain={readAgain}
        />
        {state.kind === 'ready' && (
          <IncidentList answer={state} address={address} width={width} onChange={onChange} onClear={onClear} />
        )}
      </Stack>
    </div>
  );
}

function servicesOf(state: LoadState<IncidentsData>): string[] {
  const items = state.kind === 'ready' ? state.data.incidents.items : [];
  return [...new Set(items.flatMap(({ services }) => services))].filter((name) => name !== '').sort();
}

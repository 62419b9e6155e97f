import { t } from '@grafana/i18n';
import { LoadingBar, Stack } from '@grafana/ui';
import { useMemo } from 'react';
import type { LoadState } from '../../app/load-state';
import type { AppSettings } from '../../app/settings';
import { LoadTrouble } from '../../components/LoadTrouble';
import { PageSkeleton } from '../../components/PageSkeleton';
import { useElementWidth } from '../../components/use-element-width';
import { permissions } from '../../grafana/permissions';
import { AnomalyDrawer } from './AnomalyDrawer';
import { IncidentFilterBar } from './IncidentFilterBar';
import { type ChangeAddress, type IncidentAddress } from './incident-address';
import { IncidentSections } from './IncidentSections';
import type { IncidentData, useIncidents } from './use-incidents';
import { widths } from '../../components/widths';

interface Props {
  readonly address: IncidentAddress;
  readonly incidents: ReturnType<typeof useIncidents>;
  readonly settings: AppSettings;
  readonly onChange: ChangeAddress;
  readonly onClear: () => void;
}

/** Filters, what went wrong, timeline, list and details: each in whatever state it is. */
export function IncidentsView({ address, incidents, settings, onChange, onClear }: Props) {
  const { state, refreshing, readAgain } = incidents;
  const [frame, width] = useElementWidth();
  const services = useMemo(() => servicesOf(state), [state]);
  return (
    <div ref={frame}>
      <Stack direction="column" gap={2}>
        <IncidentFilterBar
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
          <IncidentSections answer={state} address={address} width={width} onChange={onChange} onClear={onClear} />
        )}
      </Stack>
      {address.sel !== '' && (
        <AnomalyDrawer
          key={address.sel}
          id={address.sel}
          known={state.kind === 'ready' ? state.data.anomalies.items : []}
          settings={settings}
          onClose={() => onChange({ sel: '' })}
        />
      )}
    </div>
  );
}

function servicesOf(state: LoadState<IncidentData>): string[] {
  const items = state.kind === 'ready' ? state.data.anomalies.items : [];
  return [...new Set(items.map(({ series }) => series.service))].sort();
}

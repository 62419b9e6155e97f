import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { LoadingBar, Stack } from '@grafana/ui';
import { useEffect } from 'react';
import type { LoadState } from '../../app/load-state';
import { Freshness } from '../../components/Freshness';
import { LoadFailure } from '../../components/LoadFailure';
import { NotConfigured } from '../../components/NotConfigured';
import { IncidentFilterBar } from './IncidentFilterBar';
import { IncidentList } from './IncidentList';
import { useFilters } from './use-filters';
import { useIncidents } from './use-incidents';
import { useKeptFilters } from './use-kept-filters';

type Loaded = ReturnType<typeof useIncidents>['state'] extends LoadState<infer Data> ? Data : never;

function IncidentsPage({ configured }: { readonly configured: boolean }) {
  return configured ? (
    <ConfiguredPage />
  ) : (
    <PluginPage>
      <NotConfigured />
    </PluginPage>
  );
}

function ConfiguredPage() {
  const { filters, change, clear } = useFilters();
  const { state, tryAgain } = useIncidents(filters);
  useKeptFilters();
  useEffect(() => {
    document.title = t('incidents.title', 'Incidents');
  }, []);
  return (
    <PluginPage actions={<Freshness state={state} />}>
      <Stack direction="column" gap={2}>
        <IncidentFilterBar filters={filters} services={servicesOf(state)} onChange={change} onReset={clear} />
        {state.kind === 'loading' && (
          <div role="status" aria-label={t('incidents.loading', 'Loading incidents')}>
            <LoadingBar width={400} delay={300} />
          </div>
        )}
        {state.kind === 'failed' && (
          <LoadFailure
            title={t('incidents.failed', 'Incidents could not be loaded')}
            noun={t('incidents.noun', 'incidents')}
            permission="sentinel-observability-app.incidents:read"
            error={state.error}
            atMs={state.atMs}
            onTryAgain={tryAgain}
          />
        )}
        {state.kind === 'ready' && (
          <IncidentList data={state.data} filters={filters} onChange={change} onClear={clear} />
        )}
      </Stack>
    </PluginPage>
  );
}

function servicesOf(state: LoadState<Loaded>): string[] {
  const items = state.kind === 'ready' ? state.data.anomalies.items : [];
  return [...new Set(items.map(({ series }) => series.service))].sort();
}

export default IncidentsPage;

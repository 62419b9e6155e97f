import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import { useEffect } from 'react';
import type { AppSettings } from '../../app/settings';
import { useLiveEvents } from '../../app/use-live-events';
import { useUrlState } from '../../app/use-url-state';
import { Freshness } from '../../components/Freshness';
import { PageGuard } from '../../components/PageGuard';
import { permissions } from '../../grafana/permissions';
import { incidentForm } from './incident-address';
import { IncidentsView } from './IncidentsView';
import { RangeField } from './RangeField';
import { useIncidents } from './use-incidents';
import { useKeptFilters } from './use-kept-filters';

interface Props {
  readonly settings: AppSettings;
}

function IncidentsPage({ settings }: Props) {
  return (
    <PageGuard settings={settings} permission={permissions.readIncidents} noun={t('incidents.noun', 'incidents')}>
      <GuardedPage settings={settings} />
    </PageGuard>
  );
}

function GuardedPage({ settings }: Props) {
  const { address, change, clear } = useUrlState(incidentForm);
  const incidents = useIncidents(address);
  const { state, readAgain } = incidents;
  const live = useLiveEvents(state.kind === 'ready', readAgain);
  useKeptFilters();
  useEffect(() => {
    document.title = t('incidents.document-title', 'Incidents - Sentinel');
  }, []);
  return (
    <PluginPage
      actions={
        <Stack gap={2} alignItems="center">
          <RangeField address={address} onChange={change} />
          <Freshness state={state} live={live} />
        </Stack>
      }
    >
      <IncidentsView address={address} incidents={incidents} settings={settings} onChange={change} onClear={clear} />
    </PluginPage>
  );
}

export default IncidentsPage;

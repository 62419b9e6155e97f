import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { LinkButton, Stack } from '@grafana/ui';
import { useEffect } from 'react';
import { anomaliesPath } from '../../app/routes';
import type { AppSettings } from '../../app/settings';
import { useKeptFilters } from '../../app/use-kept-filters';
import { useLiveEvents } from '../../app/use-live-events';
import { useUrlState } from '../../app/use-url-state';
import { Freshness } from '../../components/Freshness';
import { PageGuard } from '../../components/PageGuard';
import { RangeField } from '../../components/range/RangeField';
import { permissions } from '../../grafana/permissions';
import { incidentsForm } from './incidents-address';
import { IncidentsView } from './IncidentsView';
import { useIncidents } from './use-incidents';

interface Props {
  readonly settings: AppSettings;
}

/** What burns, which hurts most, and whether somebody is on it. */
function IncidentsPage({ settings }: Props) {
  return (
    <PageGuard settings={settings} permission={permissions.readIncidents} noun={t('incidents.noun', 'incidents')}>
      <GuardedPage />
    </PageGuard>
  );
}

function GuardedPage() {
  const { address, change, clear } = useUrlState(incidentsForm);
  const incidents = useIncidents(address);
  const { state, readAgain } = incidents;
  const live = useLiveEvents(state.kind === 'ready', readAgain);
  useKeptFilters('incidents');
  useEffect(() => {
    document.title = t('incidents.document-title', 'Incidents - Sentinel');
  }, []);
  return (
    <PluginPage
      actions={
        <Stack gap={2} alignItems="center">
          <LinkButton variant="secondary" fill="text" href={locationUtil.assureBaseUrl(anomaliesPath)}>
            {t('incidents.all-anomalies', 'All anomalies')}
          </LinkButton>
          <RangeField words={address} onChange={change} />
          <Freshness state={state} live={live} />
        </Stack>
      }
    >
      <IncidentsView address={address} incidents={incidents} onChange={change} onClear={clear} />
    </PluginPage>
  );
}

export default IncidentsPage;

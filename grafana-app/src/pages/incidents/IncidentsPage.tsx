import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { LinkButton, Stack } from '@grafana/ui';
import { useEffect } from 'react';
import { anomaliesPath } from '../../app/routes';
import type { AppSettings } from '../../app/settings';
import { useCommands } from '../../app/use-commands';
import { useKeptFilters } from '../../app/use-kept-filters';
import { useLiveEvents } from '../../app/use-live-events';
import { useUrlState } from '../../app/use-url-state';
import { Freshness } from '../../components/Freshness';
import { Selectable, useSelection } from '../../components/list/selection';
import { NotDone } from '../../components/NotDone';
import { PageGuard } from '../../components/PageGuard';
import { RangeField } from '../../components/range/RangeField';
import { permissions } from '../../grafana/permissions';
import { incidentsForm } from './incidents-address';
import { IncidentsView } from './IncidentsView';
import { MergeButton } from './MergeButton';
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
  const selection = useSelection();
  const commands = useCommands(readAgain);
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
          {state.kind === 'ready' && (
            <MergeButton
              incidents={state.data.incidents.items}
              selection={selection}
              stale={state.stale}
              commands={commands}
            />
          )}
          <RangeField words={address} onChange={change} />
          <Freshness state={state} live={live} />
        </Stack>
      }
    >
      <NotDone commands={commands} />
      <Selectable selection={selection}>
        <IncidentsView address={address} incidents={incidents} onChange={change} onClear={clear} />
      </Selectable>
    </PluginPage>
  );
}

export default IncidentsPage;

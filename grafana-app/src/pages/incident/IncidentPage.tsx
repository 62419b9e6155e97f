import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import { useEffect } from 'react';
import { useParams } from 'react-router-dom';
import { incidentsPath } from '../../app/routes';
import type { AppSettings } from '../../app/settings';
import { unescaped } from '../../app/unescaped';
import { useLiveEvents } from '../../app/use-live-events';
import { Freshness } from '../../components/Freshness';
import { LoadTrouble } from '../../components/LoadTrouble';
import { isMissing, NotThere } from '../../components/NotThere';
import { PageGuard } from '../../components/PageGuard';
import { PageSkeleton } from '../../components/PageSkeleton';
import { cut } from '../../components/timeline/describe-mark';
import { permissions } from '../../grafana/permissions';
import { IncidentActions } from './IncidentActions';
import { IncidentView } from './IncidentView';
import { useCommands } from '../../app/use-commands';
import { useIncident } from './use-incident';

interface Props {
  readonly settings: AppSettings;
}

/** One incident on one screen: what is broken, since when, why, and what to do now. */
function IncidentPage({ settings }: Props) {
  const { id = '' } = useParams();
  return (
    <PageGuard settings={settings} permission={permissions.readIncidents} noun={t('incidents.noun', 'incidents')}>
      <GuardedPage key={id} id={id} settings={settings} />
    </PageGuard>
  );
}

function GuardedPage({ id, settings }: Props & { readonly id: string }) {
  const { state, readAgain } = useIncident(id);
  const commands = useCommands(readAgain);
  const live = useLiveEvents(state.kind === 'ready', readAgain);
  const title = state.kind === 'ready' ? cut(state.data.incident.title) : numbered(id);
  useEffect(() => {
    document.title = t('incident.document-title', '{{title}} - Sentinel', { title, interpolation: unescaped });
  }, [title]);
  return (
    <PluginPage
      pageNav={{ text: title, parentItem: { text: t('incidents.title', 'Incidents'), url: incidentsPath } }}
      actions={
        <Stack gap={1} alignItems="center" wrap="wrap">
          {state.kind === 'ready' && <IncidentActions detail={state.data} stale={state.stale} commands={commands} />}
          <Freshness state={state} live={live} />
        </Stack>
      }
    >
      <Content id={id} state={state} settings={settings} commands={commands} onTryAgain={readAgain} />
    </PluginPage>
  );
}

interface ContentProps extends Props {
  readonly id: string;
  readonly state: ReturnType<typeof useIncident>['state'];
  readonly commands: ReturnType<typeof useCommands>;
  readonly onTryAgain: () => void;
}

function Content({ id, state, settings, commands, onTryAgain }: ContentProps) {
  if (isMissing(state)) {
    return (
      <NotThere
        message={t('incident.not-found', 'There is no incident {{id}}', { id: cut(id), interpolation: unescaped })}
        why={t('incident.not-found-why', 'It may have been removed by retention.')}
        all={t('incident.all', 'All incidents')}
        allPath={incidentsPath}
      />
    );
  }
  return (
    <Stack direction="column" gap={2}>
      {state.kind === 'loading' && <PageSkeleton label={t('incident.loading', 'Loading incident')} />}
      <LoadTrouble
        state={state}
        title={t('incident.failed', 'The incident could not be loaded')}
        noun={t('incidents.noun', 'incidents')}
        permission={permissions.readIncidents}
        onTryAgain={onTryAgain}
      />
      {state.kind === 'ready' && <IncidentView answer={state} settings={settings} commands={commands} />}
    </Stack>
  );
}

function numbered(id: string): string {
  return t('incident.numbered', 'Incident {{id}}', { id: cut(id), interpolation: unescaped });
}

export default IncidentPage;

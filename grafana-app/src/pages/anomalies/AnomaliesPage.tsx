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
import { anomalyForm } from './anomaly-address';
import { AnomaliesView } from './AnomaliesView';
import { RangeField } from '../../components/range/RangeField';
import { useAnomalies } from './use-anomalies';
import { useKeptFilters } from '../../app/use-kept-filters';

interface Props {
  readonly settings: AppSettings;
}

function AnomaliesPage({ settings }: Props) {
  return (
    <PageGuard settings={settings} permission={permissions.readIncidents} noun={t('anomalies.noun', 'anomalies')}>
      <GuardedPage settings={settings} />
    </PageGuard>
  );
}

function GuardedPage({ settings }: Props) {
  const { address, change, clear } = useUrlState(anomalyForm);
  const anomalies = useAnomalies(address);
  const { state, readAgain } = anomalies;
  const live = useLiveEvents(state.kind === 'ready', readAgain);
  useKeptFilters('anomalies');
  useEffect(() => {
    document.title = t('anomalies.document-title', 'Anomalies - Sentinel');
  }, []);
  return (
    <PluginPage
      actions={
        <Stack gap={2} alignItems="center">
          <RangeField words={address} onChange={change} />
          <Freshness state={state} live={live} />
        </Stack>
      }
    >
      <AnomaliesView address={address} anomalies={anomalies} settings={settings} onChange={change} onClear={clear} />
    </PluginPage>
  );
}

export default AnomaliesPage;

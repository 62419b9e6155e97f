import { t } from '@grafana/i18n';
import { Drawer, EmptyState, LoadingPlaceholder, Stack } from '@grafana/ui';
import { useState } from 'react';
import { type Anomaly, readAnomaly } from '../../api/anomalies';
import type { LoadState } from '../../app/load-state';
import type { AppSettings } from '../../app/settings';
import { unescaped } from '../../app/unescaped';
import { usePolled } from '../../app/use-polled';
import { LoadFailure } from '../../components/LoadFailure';
import { OwnPart } from '../../components/OwnPart';
import { SeverityBadge, severityOf } from '../../components/SeverityBadge';
import { StateBadge } from '../../components/StateBadge';
import { useEscape } from '../../components/use-escape';
import { cut } from '../../components/timeline/describe-mark';
import { AnomalyDetails } from './AnomalyDetails';

interface Props {
  readonly id: string;
  /** Anomalies that are there already; the rest is asked for. */
  readonly known: readonly Anomaly[];
  readonly settings: AppSettings;
  readonly onClose: () => void;
}

/** Everything that is known about one anomaly, beside the list. */
export function AnomalyDrawer({ id, known, settings, onClose }: Props) {
  const [first] = useState(() => known.find((anomaly) => anomaly.id === id));
  const { state, readAgain } = usePolled(id, (abortSignal) => readAnomaly(id, abortSignal));
  useEscape(true, onClose);
  const anomaly = state.kind === 'ready' ? state.data : first;
  return (
    <Drawer
      title={anomaly === undefined ? t('anomaly.title', 'Anomaly') : titleOf(anomaly)}
      subtitle={
        anomaly && (
          <Stack gap={1}>
            <SeverityBadge severity={severityOf(anomaly.border)} />
            <StateBadge state={anomaly.state} />
          </Stack>
        )
      }
      size="md"
      onClose={onClose}
    >
      <OwnPart>
        {anomaly === undefined ? (
          <NotThere id={id} state={state} onTryAgain={readAgain} />
        ) : (
          <AnomalyDetails anomaly={anomaly} settings={settings} />
        )}
      </OwnPart>
    </Drawer>
  );
}

/** Short, because Grafana cuts it: the sentence stands below in full. */
function titleOf({ series }: Anomaly): string {
  return series.service === ''
    ? t('anomaly.title', 'Anomaly')
    : t('anomaly.title-in', 'Anomaly in {{service}}', { service: cut(series.service, 40), interpolation: unescaped });
}

interface NotThereProps {
  readonly id: string;
  readonly state: LoadState<Anomaly>;
  readonly onTryAgain: () => void;
}

function NotThere({ id, state, onTryAgain }: NotThereProps) {
  if (state.kind !== 'failed') {
    return <LoadingPlaceholder text={t('anomaly.loading', 'Loading anomaly')} />;
  }
  if (state.error.kind === 'not_found') {
    const message = t('anomaly.not-found', 'There is no anomaly {{id}}', { id: cut(id, 40), interpolation: unescaped });
    return (
      <EmptyState variant="not-found" message={message}>
        {t('anomaly.not-found-why', 'It may have been removed by retention.')}
      </EmptyState>
    );
  }
  const title = t('anomaly.failed', 'The anomaly could not be loaded');
  return <LoadFailure title={title} error={state.error} atMs={state.atMs} onTryAgain={onTryAgain} />;
}

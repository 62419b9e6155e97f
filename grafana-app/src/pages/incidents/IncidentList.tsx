import { t } from '@grafana/i18n';
import { Alert, Button, EmptyState, Stack, Text } from '@grafana/ui';
import { useMemo } from 'react';
import type { AnomalyPage } from '../../api/anomalies';
import type { ChangePage } from '../../api/changes';
import type { Status } from '../../api/status';
import { MeasuredTimeline } from '../../components/timeline/MeasuredTimeline';
import { type IncidentFilters, isFiltered } from './incident-filters';
import { IncidentTable } from './IncidentTable';
import { anomalyEvent, changeEvent } from '../../components/timeline/to-timeline-events';

interface Props {
  readonly data: {
    readonly anomalies: AnomalyPage;
    readonly changes: ChangePage;
    readonly status: Status;
    readonly span: { readonly from: number; readonly to: number };
  };
  readonly filters: IncidentFilters;
  readonly onChange: (part: Partial<IncidentFilters>) => void;
  readonly onClear: () => void;
}

/** Timeline and table of the same rows; or a sentence about why there are none. */
export function IncidentList({ data: { anomalies, changes, status, span }, filters, onChange, onClear }: Props) {
  const events = useMemo(
    () => [...anomalies.items.map(anomalyEvent), ...changes.items.map(changeEvent)],
    [anomalies, changes],
  );
  const range = useMemo(() => ({ fromMs: span.from, toMs: span.to }), [span]);
  if (anomalies.items.length === 0) {
    return isFiltered(filters) ? <NothingMatches onClear={onClear} /> : <NothingOpen status={status} />;
  }
  return (
    <Stack direction="column" gap={2}>
      <MeasuredTimeline
        events={events}
        range={range}
        smallestMs={3 * (anomalies.items[0]?.stepMs ?? 10_000)}
        onRange={(chosen) => {
          const from = chosen === undefined ? 'now-24h' : String(Math.round(chosen.fromMs));
          onChange({ from, to: chosen === undefined ? 'now' : String(Math.round(chosen.toMs)) });
        }}
      />
      <IncidentTable anomalies={anomalies.items} />
      <Text color="secondary" variant="bodySmall">
        {t('incidents.showing', 'Showing {{shown}} of {{total}}', {
          shown: anomalies.items.length,
          total: anomalies.totalIsExact ? anomalies.total : `${anomalies.total}+`,
        })}
      </Text>
    </Stack>
  );
}

function NothingMatches({ onClear }: { readonly onClear: () => void }) {
  const button = (
    <Button variant="secondary" onClick={onClear}>
      {t('incidents.clear-filters', 'Clear filters')}
    </Button>
  );
  return (
    <EmptyState
      variant="not-found"
      message={t('incidents.no-match', 'No incidents match these filters')}
      button={button}
    />
  );
}

/** An empty list says what was watched: all well, still learning, or nothing arriving at all. */
function NothingOpen({ status: { coverage } }: { readonly status: Status }) {
  const { scored, learning, evicted, unsuitable } = coverage;
  if (scored + learning === 0) {
    return (
      <Alert severity="warning" title={t('incidents.no-telemetry', 'No telemetry yet')}>
        {t('incidents.no-telemetry-text', 'No incident can be found while nothing arrives.')}
      </Alert>
    );
  }
  if (scored === 0) {
    return (
      <EmptyState variant="completed" message={t('incidents.learning', 'Learning')}>
        {t('incidents.learning-text', '{{learning}} series are learning; none is scored yet.', { learning })}
      </EmptyState>
    );
  }
  return (
    <EmptyState variant="completed" message={t('incidents.none-open', 'No open incidents')}>
      {t('incidents.watched', '{{scored}} series are scored, {{learning}} are learning, {{rest}} are not scored.', {
        scored,
        learning,
        rest: evicted + unsuitable,
      })}
    </EmptyState>
  );
}

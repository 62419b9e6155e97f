import { t } from '@grafana/i18n';
import { RadioButtonGroup, Text } from '@grafana/ui';
import { Suspense, useState } from 'react';
import { readGraph } from '../../api/graph';
import type { IncidentSummary } from '../../api/incidents';
import { usePolled } from '../../app/use-polled';
import { PartState } from '../../components/PartState';
import { Section } from '../../components/Section';
import { roomIn } from '../../components/widths';
import { mapHeight } from '../../parts/services/map-height';
import { MAP_AT_MOST, type ServiceRow, serviceRows } from '../../parts/services/service-rows';
import { ServiceDrawer } from '../../parts/services/ServiceDrawer';
import { ServiceTable } from '../../parts/services/ServiceTable';
import { ServiceMap } from '../../parts/lazy-panels';

/** The API takes so many names; they come most affected first. */
const SERVICES_AT_MOST = 50;
const EDGES_AT_MOST = 500;

interface Props {
  readonly incident: IncidentSummary;
  readonly width: number;
}

/** Who calls whom around the services of the incident. */
export function AffectedServices({ incident, width }: Props) {
  const service = incident.services.slice(0, SERVICES_AT_MOST);
  const { state, readAgain } = usePolled(service.join(), (abortSignal) =>
    readGraph({ service, limit: EDGES_AT_MOST }, abortSignal),
  );
  const room = roomIn(width);
  const [chosen, setView] = useState<'graph' | 'table'>();
  const view = chosen ?? (room === 'cards' ? 'table' : 'graph');
  return (
    <Section
      title={t('incident.affected', 'Affected services')}
      ofPage
      actions={
        <RadioButtonGroup
          size="sm"
          aria-label={t('view.label', 'View')}
          value={view}
          options={[
            { value: 'graph' as const, label: t('view.graph', 'Graph') },
            { value: 'table' as const, label: t('view.table', 'Table') },
          ]}
          onChange={setView}
        />
      }
    >
      <PartState
        state={state}
        failed={t('incident.affected-failed', 'Affected services could not be loaded')}
        onTryAgain={readAgain}
      >
        {(graph) => <Around rows={serviceRows(graph, [incident])} view={view} room={room} />}
      </PartState>
    </Section>
  );
}

interface AroundProps {
  readonly rows: readonly ServiceRow[];
  readonly view: 'graph' | 'table';
  readonly room: ReturnType<typeof roomIn>;
}

function Around({ rows, view, room }: AroundProps) {
  const [open, setOpen] = useState('');
  const opened = rows.find(({ id }) => id === open);
  if (rows.length === 0) {
    return (
      <Text color="secondary">{t('incident.no-calls', 'No calls of these services were seen: no spans arrive.')}</Text>
    );
  }
  return (
    <>
      {view === 'graph' && rows.length <= MAP_AT_MOST ? (
        <Suspense fallback={<div style={{ height: mapHeight(rows.length) }} />}>
          <ServiceMap rows={rows} />
        </Suspense>
      ) : (
        <ServiceTable rows={rows} room={room} onOpen={setOpen} />
      )}
      {opened !== undefined && <ServiceDrawer row={opened} onClose={() => setOpen('')} />}
    </>
  );
}

import { t } from '@grafana/i18n';
import { RadioButtonGroup, Stack } from '@grafana/ui';
import { useDeferredValue, useMemo } from 'react';
import type { LoadState } from '../../app/load-state';
import { PageTimeline } from '../../components/timeline/PageTimeline';
import { overlaps } from '../../components/timeline/timeline-event';
import { anomalyEvent, changeEvent } from '../../components/timeline/to-timeline-events';
import { EmptyList, NothingMatches } from './EmptyList';
import { type ChangeAddress, countFilters, type IncidentAddress } from './incident-address';
import { IncidentList } from './IncidentList';
import { IncidentSummary } from './IncidentSummary';
import { MomentList } from './MomentList';
import { NewIncidents } from './NewIncidents';
import { useHeldRows } from './use-held-rows';
import type { IncidentData } from './use-incidents';
import { useZoom } from './use-zoom';
import { ZoomButtons } from './ZoomButtons';

interface Props {
  readonly answer: Extract<LoadState<IncidentData>, { kind: 'ready' }>;
  readonly address: IncidentAddress;
  readonly width: number;
  readonly onChange: ChangeAddress;
  readonly onClear: () => void;
}

/** Timeline and list of the same rows; or a sentence about why there are none. */
export function IncidentSections({ answer: { data, key }, address, width, onChange, onClear }: Props) {
  const { rows, waiting, showWaiting } = useHeldRows({ key, latest: data.anomalies.items, sort: address.sort });
  const [range, setZoom] = useZoom(data.span, address.zoom, onChange);
  const events = useMemo(() => [...rows.map(anomalyEvent), ...data.changes.map(changeEvent)], [rows, data.changes]);
  // The list follows a zoom when it came to rest: while it moves, the drawing has the frame to itself.
  const listed = address.zoom ?? data.span;
  const shown = useDeferredValue(useMemo(() => rows.filter((row) => overlaps(row, listed)), [rows, listed]));
  const { whyEmpty } = data;
  const { from, to } = address;
  const words = useMemo(() => ({ from, to }), [from, to]);
  if (rows.length === 0) {
    return countFilters(address) === 0 && whyEmpty !== undefined ? (
      <EmptyList why={whyEmpty} status={data.status} onShowClosed={() => onChange({ state: 'all' })} />
    ) : (
      <NothingMatches onClear={onClear} />
    );
  }
  const smallestMs = 3 * (rows[0]?.stepMs ?? 10_000);
  return (
    <Stack direction="column" gap={1}>
      <IncidentSummary rows={shown} words={words} zoom={address.zoom} />
      <Stack gap={1} wrap="wrap" justifyContent="space-between">
        <RadioButtonGroup
          size="sm"
          aria-label={t('incidents.view', 'View')}
          value={address.view}
          options={[
            { value: 'chart' as const, label: t('incidents.view-chart', 'Chart') },
            { value: 'moments' as const, label: t('incidents.view-moments', 'Moments') },
            { value: 'table' as const, label: t('incidents.view-table', 'Table') },
          ]}
          onChange={(view) => onChange({ view })}
        />
        {address.view === 'chart' && (
          <ZoomButtons range={range} whole={data.span} smallestMs={smallestMs} onRange={setZoom} />
        )}
      </Stack>
      {address.view === 'chart' && (
        <PageTimeline
          events={events}
          range={range}
          whole={data.span}
          width={width}
          smallestMs={smallestMs}
          onRange={setZoom}
          onOpen={({ id, lane }) => lane !== 'change' && onChange({ sel: id })}
        />
      )}
      {address.view === 'moments' && <MomentList events={events} range={listed} />}
      <NewIncidents count={waiting} onShow={showWaiting} />
      <IncidentList
        rows={shown}
        found={data.anomalies}
        zoomed={address.zoom !== undefined}
        address={address}
        width={width}
        onChange={onChange}
      />
    </Stack>
  );
}

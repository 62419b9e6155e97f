import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { useCallback, useDeferredValue, useMemo } from 'react';
import type { LoadState } from '../../app/load-state';
import { unescaped } from '../../app/unescaped';
import { PageTimeline } from '../../components/timeline/PageTimeline';
import { overlaps } from '../../components/timeline/timeline-event';
import { anomalyEvent, changeEvent } from '../../components/timeline/to-timeline-events';
import { formatCount } from '../../grafana/format-value';
import { type ChangeAddress, countFilters, type AnomalyAddress } from './anomaly-address';
import { AnomalyList } from './AnomalyList';
import { AnomalySummary } from './AnomalySummary';
import { MomentList } from '../../parts/anomaly/MomentList';
import type { Row } from './row';
import { sortRows } from './sort-rows';
import { NewRows } from '../../components/list/NewRows';
import { NothingMatches, NothingOpen } from '../../components/list/NothingOpen';
import { useHeldRows } from '../../components/list/use-held-rows';
import type { AnomalyData } from './use-anomalies';
import { useZoom } from '../../components/timeline/use-zoom';
import { ViewChoice } from '../../components/timeline/ViewChoice';
import { ZoomButtons } from '../../components/timeline/ZoomButtons';

interface Props {
  readonly answer: Extract<LoadState<AnomalyData>, { kind: 'ready' }>;
  readonly address: AnomalyAddress;
  readonly width: number;
  readonly onChange: ChangeAddress;
  readonly onClear: () => void;
}

/** Timeline and list of the same rows; or a sentence about why there are none. */
export function AnomalySections({ answer: { data, key }, address, width, onChange, onClear }: Props) {
  const inOrder = useCallback((held: readonly Row[]) => sortRows(held, address.sort), [address.sort]);
  const { rows, waiting, showWaiting } = useHeldRows({ key, latest: data.anomalies.items, inOrder });
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
      <NothingOpen
        why={whyEmpty}
        status={data.status}
        message={t('anomalies.none-open', 'No open anomalies')}
        lastClosedMs={data.lastClosedMs}
        onShowClosed={() => onChange({ state: 'all' })}
      />
    ) : (
      <NothingMatches message={t('anomalies.no-match', 'No anomalies match these filters')} onClear={onClear} />
    );
  }
  const smallestMs = 3 * (rows[0]?.stepMs ?? 10_000);
  return (
    <Stack direction="column" gap={1}>
      <AnomalySummary rows={shown} words={words} zoom={address.zoom} />
      <Stack gap={1} wrap="wrap" justifyContent="space-between">
        <ViewChoice view={address.view} onChange={(view) => onChange({ view })} />
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
      <NewRows text={waiting === 0 ? '' : newOnes(waiting)} onShow={showWaiting} />
      <AnomalyList
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

function newOnes(count: number): string {
  return t('anomalies.new', '', {
    count,
    formatted: formatCount(count),
    interpolation: unescaped,
    defaultValue_one: '{{formatted}} new anomaly',
    defaultValue_other: '{{formatted}} new anomalies',
  });
}

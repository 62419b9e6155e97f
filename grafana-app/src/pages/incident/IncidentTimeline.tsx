import { t } from '@grafana/i18n';
import { Button, Stack, Text } from '@grafana/ui';
import { useDeferredValue, useMemo, useState } from 'react';
import type { IncidentSummary } from '../../api/incidents';
import type { Commands } from '../../app/use-commands';
import { PageTimeline } from '../../components/timeline/PageTimeline';
import { anomalyLanes } from '../../components/timeline/lane';
import { overlaps, type Span } from '../../components/timeline/timeline-event';
import { useZoom } from '../../components/timeline/use-zoom';
import { ViewChoice } from '../../components/timeline/ViewChoice';
import { ZoomButtons } from '../../components/timeline/ZoomButtons';
import { widths } from '../../components/widths';
import { MomentList } from '../../parts/anomaly/MomentList';
import type { ChangeIncident, IncidentAddress } from './incident-address';
import { MemberTable } from './MemberTable';
import { MemberWork } from './MemberWork';
import type { Story } from './story';
import { storyEvents } from './story-events';
import { WindowDrawer } from './WindowDrawer';

interface Props {
  readonly incident: IncidentSummary;
  readonly story: Story;
  /** From before it began to its end, or to now. */
  readonly whole: Span;
  readonly nowMs: number;
  readonly address: IncidentAddress;
  readonly width: number;
  readonly stale: boolean;
  readonly commands: Commands;
  readonly onChange: ChangeIncident;
}

/** Three buckets of the default size. */
const SMALLEST_MS = 30_000;

/** What happened when: as lanes, as a story in words, or as a table of the anomalies. One zoom drives them all. */
export function IncidentTimeline({ incident, story, whole, nowMs, address, width, onChange, ...work }: Props) {
  const events = useMemo(() => storyEvents(story, nowMs), [story, nowMs]);
  const [range, setZoom] = useZoom(whole, address.zoom, onChange);
  const listed = address.zoom ?? whole;
  const members = useDeferredValue(
    useMemo(() => story.anomalies.filter((one) => overlaps(one, listed)), [story, listed]),
  );
  const [comparing, setComparing] = useState(false);
  const view = address.view === '' ? (width > 0 && width < widths.narrow ? 'moments' : 'chart') : address.view;
  return (
    <section aria-label={t('incident.timeline', 'Timeline')}>
      <Stack direction="column" gap={1}>
        <Stack gap={1} wrap="wrap" justifyContent="space-between" alignItems="center">
          <Stack gap={2} alignItems="center">
            <Text element="h2" variant="h4">
              {t('incident.timeline', 'Timeline')}
            </Text>
            <ViewChoice view={view} onChange={(chosen) => onChange({ view: chosen })} />
          </Stack>
          <Stack gap={1} alignItems="center" wrap="wrap">
            {view === 'chart' && <ZoomButtons range={range} whole={whole} smallestMs={SMALLEST_MS} onRange={setZoom} />}
            <Button size="sm" variant="secondary" icon="search" onClick={() => setComparing(true)}>
              {t('window.title', 'What changed here')}
            </Button>
          </Stack>
        </Stack>
        {view === 'chart' && (
          <PageTimeline
            events={events}
            range={range}
            whole={whole}
            width={width}
            smallestMs={SMALLEST_MS}
            onRange={setZoom}
            onOpen={({ id, lane }) => anomalyLanes.includes(lane) && onChange({ sel: id })}
          />
        )}
        {view === 'moments' && <MomentList events={events} range={listed} />}
        {view === 'table' && (
          <MemberWork id={incident.id} members={members} all={story.anomalies.length} {...work}>
            <MemberTable members={members} page={address.page} onChange={onChange} />
          </MemberWork>
        )}
      </Stack>
      {comparing && <WindowDrawer span={listed} onClose={() => setComparing(false)} />}
    </section>
  );
}

import type { GrafanaTheme2 } from '@grafana/data';
import { Stack, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { useMemo } from 'react';
import type { LoadState } from '../../app/load-state';
import type { IncidentDetail } from '../../api/incidents';
import type { AppSettings } from '../../app/settings';
import { useUrlState } from '../../app/use-url-state';
import { useElementWidth } from '../../components/use-element-width';
import { zoomText } from '../../components/timeline/zoom-text';
import { NotDone } from '../../components/NotDone';
import { AnomalyDrawer } from '../../parts/anomaly/AnomalyDrawer';
import { AffectedServices } from './AffectedServices';
import { Answers } from './Answers';
import { CauseList } from './CauseList';
import { EvidenceSection } from './EvidenceSection';
import { incidentForm } from './incident-address';
import { IncidentHead } from './IncidentHead';
import { IncidentTimeline } from './IncidentTimeline';
import { Relatives } from './Relatives';
import { Notes } from './Notes';
import { SeenBefore } from './SeenBefore';
import { storyOf } from './story';
import { storySpan } from './story-events';
import { Tasks } from './Tasks';
import type { Commands } from '../../app/use-commands';

interface Props {
  readonly answer: Extract<LoadState<IncidentDetail>, { kind: 'ready' }>;
  readonly settings: AppSettings;
  readonly commands: Commands;
}

/** The four answers, then what proves them, then the work. */
export function IncidentView({ answer: { data, atMs, stale }, settings, commands }: Props) {
  const { incident, timeline } = data;
  const styles = useStyles2(getStyles);
  const { address, change } = useUrlState(incidentForm);
  const story = useMemo(() => storyOf(timeline), [timeline]);
  const { startMs, endMs, firing } = incident;
  const untilMs = firing > 0 ? atMs : endMs;
  const whole = useMemo(() => storySpan({ startMs, endMs: untilMs }, atMs), [startMs, untilMs, atMs]);
  const [frame, width] = useElementWidth();
  return (
    <div ref={frame}>
      <Stack direction="column" gap={2}>
        <Relatives id={incident.id} story={story} stale={stale} commands={commands} />
        <NotDone commands={commands} />
        <IncidentHead incident={incident} stale={stale} commands={commands} />
        <Answers incident={incident} story={story} nowMs={atMs} />
        <IncidentTimeline
          incident={incident}
          story={story}
          whole={whole}
          nowMs={atMs}
          address={address}
          width={width}
          stale={stale}
          commands={commands}
          onChange={change}
        />
        <div className={styles.halves}>
          <CauseList causes={story.causes} onOpen={(sel) => change({ sel })} story={story} />
          <Stack direction="column" gap={3}>
            <Tasks id={incident.id} tasks={data.tasks ?? []} stale={stale} commands={commands} />
            <Notes id={incident.id} notes={story.notes} stale={stale} commands={commands} />
            <SeenBefore id={incident.id} />
          </Stack>
        </div>
        <EvidenceSection key={zoomText(address.zoom)} story={story} span={address.zoom ?? whole} settings={settings} />
        <AffectedServices incident={incident} width={width} />
      </Stack>
      {address.sel !== '' && (
        <AnomalyDrawer
          key={address.sel}
          id={address.sel}
          known={[]}
          settings={settings}
          onClose={() => change({ sel: '' })}
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  halves: css({
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
    [theme.breakpoints.down('lg')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
});

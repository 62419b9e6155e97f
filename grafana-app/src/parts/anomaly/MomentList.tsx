import { getTimeZone, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { useMemo } from 'react';
import { cut } from '../../components/timeline/describe-mark';
import { anomalyLanes } from '../../components/timeline/lane';
import { laneName } from '../../components/timeline/lane-name';
import { overlaps, type Span, type TimelineEvent } from '../../components/timeline/timeline-event';
import { clock } from '../../grafana/format-time';
import { AnomalyLink } from './AnomalyLink';

const MOMENTS_AT_MOST = 100;

interface Props {
  readonly events: readonly TimelineEvent[];
  readonly range: Span;
}

/** The story in words: the first anomaly of each service, and all that is no anomaly, in order of time. */
export function MomentList({ events, range }: Props) {
  const styles = useStyles2(getStyles);
  const moments = useMemo(() => momentsOf(events, range), [events, range]);
  return (
    <ol className={styles.list} aria-label={t('anomalies.view-moments', 'Moments')}>
      {moments.map(({ id, startMs, lane, sentence }) => (
        <li key={id} className={styles.moment}>
          <span className={styles.time}>{clock(startMs, getTimeZone())}</span>
          <span className={styles.lane}>{laneName(lane)}</span>
          <span className={styles.what}>
            {anomalyLanes.includes(lane) ? <AnomalyLink id={id} sentence={sentence} /> : cut(sentence)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function momentsOf(events: readonly TimelineEvent[], range: Span): TimelineEvent[] {
  const services = new Set<string>();
  return [...events]
    .sort((a, b) => a.startMs - b.startMs)
    .filter((event) => overlaps(event, range))
    .filter(({ lane, service }) => {
      if (!anomalyLanes.includes(lane)) {
        return true;
      }
      const isFirst = !services.has(service);
      services.add(service);
      return isFirst;
    })
    .slice(0, MOMENTS_AT_MOST);
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', containerType: 'inline-size' }),
  moment: css({
    display: 'grid',
    gridTemplateColumns: 'max-content 64px minmax(0, 1fr)',
    columnGap: theme.spacing(2),
    padding: theme.spacing(0.5, 0),
    overflowWrap: 'anywhere',
    // On a phone: when and which kind, and below it what.
    '@container (max-width: 544px)': { gridTemplateColumns: 'max-content 1fr', padding: theme.spacing(1, 0) },
  }),
  time: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  lane: css({ color: theme.colors.text.secondary }),
  what: css({ '@container (max-width: 544px)': { gridColumn: '1 / -1' } }),
});

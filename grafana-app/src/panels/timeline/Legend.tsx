import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { laneStyle, orderLanes } from '../../components/timeline/lane';
import { laneName } from '../../components/timeline/lane-name';
import type { TimelineEvent } from '../../components/timeline/timeline-event';

/** Which color stands for which lanes, and what its strength says. */
export function Legend({ events }: { readonly events: readonly TimelineEvent[] }) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.legend} aria-label={t('panel.timeline.legend', 'Legend')}>
      {orderLanes(events.map(({ lane }) => lane)).map((lane) => {
        const { color } = laneStyle(lane);
        const background = color === '' ? theme.colors.text.secondary : theme.visualization.getColorByName(color);
        return (
          <li key={lane} className={styles.entry}>
            <span className={styles.swatch} style={{ background }} />
            {laneName(lane)}
          </li>
        );
      })}
      <li className={styles.entry}>{t('panel.timeline.legend-strength', 'Stronger color: higher score')}</li>
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({ listStyle: 'none', display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2) }),
  entry: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  swatch: css({ width: 12, height: 6, borderRadius: theme.shape.radius.sm }),
});

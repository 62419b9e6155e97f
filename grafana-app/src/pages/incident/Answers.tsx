import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import type { IncidentSummary } from '../../api/incidents';
import { widths } from '../../components/widths';
import { answersOf } from './answers-of';
import type { Story } from './story';

interface Props {
  readonly incident: IncidentSummary;
  readonly story: Story;
  readonly nowMs: number;
}

/** What is broken, since when, why, what now: without a click. */
export function Answers({ incident, story, nowMs }: Props) {
  const styles = useStyles2(getStyles);
  const { what, since, why, now } = answersOf(incident, story, nowMs);
  const boxes = [
    [t('incident.what', 'What is broken'), what],
    [t('incident.since', 'Since when'), since],
    [t('incident.why', 'Why'), why],
    [t('incident.now', 'What now'), now],
  ] as const;
  return (
    <div className={styles.container}>
      <div className={styles.grid}>
        {boxes.map(([title, [first, ...rest]]) => (
          <section key={title} className={styles.box} aria-label={title}>
            <Text element="h2" variant="bodySmall" color="secondary">
              {title}
            </Text>
            <div className={styles.first}>{first}</div>
            {rest.map((line) => (
              <Text key={line} element="p" color="secondary">
                {line}
              </Text>
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  container: css({ containerType: 'inline-size' }),
  grid: css({
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
    [`@container (max-width: ${widths.medium - 1}px)`]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
    [`@container (max-width: ${widths.narrow - 1}px)`]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  box: css({
    padding: theme.spacing(1.5),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    overflowWrap: 'anywhere',
    p: { margin: 0 },
  }),
  first: css({ ...theme.typography.h5, margin: theme.spacing(0.5, 0) }),
});

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Stack, Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { SeverityBadge } from '../../components/SeverityBadge';
import { StateBadge } from '../../components/StateBadge';
import { TimeOf } from '../../components/TimeOf';
import { AnomalyLink } from './AnomalyLink';
import type { Row } from './held-rows';

/** The rows where there is no room for a table. */
export function IncidentCards({ rows }: { readonly rows: readonly Row[] }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label={t('incidents.title', 'Incidents')}>
      {rows.map((row) => (
        <li key={row.id} className={styles.card}>
          <Stack direction="column" gap={1}>
            <Stack gap={1}>
              <SeverityBadge border={row.border} />
              <StateBadge state={row.state} left={row.left} />
            </Stack>
            <AnomalyLink id={row.id} sentence={row.sentence} />
            <Text color="secondary" variant="bodySmall">
              <TimeOf timeMs={row.startMs} />
            </Text>
          </Stack>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  card: css({
    padding: theme.spacing(1.5),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    overflowWrap: 'anywhere',
    // Fingers need 44 px.
    a: { minHeight: 44, display: 'flex', alignItems: 'center', whiteSpace: 'normal' },
  }),
});

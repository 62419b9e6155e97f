import { t } from '@grafana/i18n';
import { Stack, Text } from '@grafana/ui';
import { Cards } from '../../components/Cards';
import { SeverityBadge, severityOf } from '../../components/SeverityBadge';
import { StateBadge } from '../../components/StateBadge';
import { TimeOf } from '../../components/TimeOf';
import { AnomalyLink } from '../../parts/anomaly/AnomalyLink';
import type { Row } from './row';

/** The rows where there is no room for a table. */
export function AnomalyCards({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <Cards label={t('anomalies.title', 'Anomalies')} items={rows} idOf={({ id }) => id}>
      {(row) => (
        <>
          <Stack gap={1}>
            <SeverityBadge severity={severityOf(row.border)} />
            <StateBadge state={row.state} left={row.left} />
          </Stack>
          <AnomalyLink id={row.id} sentence={row.sentence} />
          <Text color="secondary" variant="bodySmall">
            <TimeOf timeMs={row.startMs} />
          </Text>
        </>
      )}
    </Cards>
  );
}

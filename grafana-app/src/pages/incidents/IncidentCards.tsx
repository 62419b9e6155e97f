import { t } from '@grafana/i18n';
import { Stack, Text } from '@grafana/ui';
import { Cards } from '../../components/Cards';
import { SeverityBadge } from '../../components/SeverityBadge';
import { StateBadge } from '../../components/StateBadge';
import { TimeOf } from '../../components/TimeOf';
import { AnomalyLink } from './AnomalyLink';
import type { Row } from './held-rows';

/** The rows where there is no room for a table. */
export function IncidentCards({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <Cards label={t('incidents.title', 'Incidents')} items={rows} idOf={({ id }) => id}>
      {(row) => (
        <>
          <Stack gap={1}>
            <SeverityBadge border={row.border} />
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

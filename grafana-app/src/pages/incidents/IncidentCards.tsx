import { t } from '@grafana/i18n';
import { Stack, Text } from '@grafana/ui';
import { Cards } from '../../components/Cards';
import { StateBadge } from '../../components/StateBadge';
import { SeverityBadge } from '../../components/SeverityBadge';
import { TimeOf } from '../../components/TimeOf';
import { IncidentTitle } from './IncidentTitle';
import type { Row } from './row';

/** The rows where there is no room for a table. */
export function IncidentCards({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <Cards label={t('incidents.title', 'Incidents')} items={rows} idOf={({ id }) => id}>
      {(row) => (
        <>
          <Stack gap={1}>
            <SeverityBadge severity={row.severity} />
            <StateBadge state={row.state} left={row.left} />
          </Stack>
          <IncidentTitle incident={row} />
          <Text color="secondary" variant="bodySmall">
            <TimeOf timeMs={row.startMs} />
          </Text>
        </>
      )}
    </Cards>
  );
}

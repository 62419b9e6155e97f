import { t } from '@grafana/i18n';
import { Text } from '@grafana/ui';
import { unescaped } from '../../app/unescaped';
import { Cards } from '../../components/Cards';
import { BudgetBar } from '../../components/slo/BudgetBar';
import { runsOutText } from '../../components/slo/slo-words';
import { SloBadge } from '../../components/slo/SloBadge';
import type { Row } from './slo-row';
import { SloTitle } from './SloTitle';

/** The rows where there is no room for a table. */
export function SloCards({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <Cards label={t('slos.title', 'SLOs')} items={rows} idOf={({ id }) => id}>
      {(row) => (
        <>
          <SloTitle row={row} />
          <BudgetBar left={row.worst.left} status={row.worst.status} />
          <Text color="secondary" variant="bodySmall">
            {t('slos.runs-out-when', 'Runs out: {{when}}', { when: runsOutText(row.worst), interpolation: unescaped })}
          </Text>
          <SloBadge status={row.worst.status} />
        </>
      )}
    </Cards>
  );
}

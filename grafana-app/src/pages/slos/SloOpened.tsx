import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { BurnTable } from '../../components/slo/BurnTable';
import { GroupTable } from '../../components/slo/GroupTable';
import type { Row } from './slo-row';

/** What a row opens to: the budgets that labels split it into, or how fast the only one burns. */
export function SloOpened({ row: { worst, groups } }: { readonly row: Row }) {
  return (
    <Stack direction="column" gap={1}>
      {groups.length > 1 ? (
        <GroupTable groups={groups} label={t('slos.groups', 'Budgets by label')} />
      ) : (
        <BurnTable slo={worst} />
      )}
    </Stack>
  );
}

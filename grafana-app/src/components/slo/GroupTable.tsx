import { t } from '@grafana/i18n';
import { type Column, InteractiveTable } from '@grafana/ui';
import { useMemo } from 'react';
import type { Slo } from '../../api/slos';
import { sloPath } from '../../app/routes';
import { Figure } from '../Figure';
import { PageLink } from '../PageLink';
import { SideScroll } from '../SideScroll';
import { BudgetBar } from './BudgetBar';
import { burnNow } from './burn-now';
import { groupText } from './group-text';
import { burnText, runsOutText } from './slo-words';
import { SloBadge } from './SloBadge';

interface Props {
  /** Worst first. */
  readonly groups: readonly Slo[];
  readonly label: string;
}

/** The budgets that labels split an objective into. */
export function GroupTable({ groups, label }: Props) {
  const columns = useMemo(() => makeColumns(), []);
  const data = useMemo(() => [...groups], [groups]);
  return (
    <SideScroll label={label}>
      <InteractiveTable<Slo> columns={columns} data={data} getRowId={({ id }) => id} />
    </SideScroll>
  );
}

function makeColumns(): Array<Column<Slo>> {
  return [
    {
      id: 'group',
      header: t('slo.group', 'Labels'),
      cell: ({ row: { original } }) => <PageLink path={sloPath(original.id)}>{groupText(original)}</PageLink>,
    },
    {
      id: 'left',
      header: t('slos.left', 'Budget left'),
      minWidth: 190,
      disableGrow: true,
      cell: ({ row: { original } }) => <BudgetBar left={original.left} status={original.status} />,
    },
    {
      id: 'burn',
      header: t('slos.burn', 'Burn now'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={burnText(burnNow(original))} />,
    },
    {
      id: 'ends',
      header: t('slos.runs-out', 'Runs out'),
      disableGrow: true,
      cell: ({ row: { original } }) => runsOutText(original),
    },
    {
      id: 'status',
      header: t('slos.status', 'Status'),
      disableGrow: true,
      cell: ({ row: { original } }) => <SloBadge status={original.status} />,
    },
  ];
}

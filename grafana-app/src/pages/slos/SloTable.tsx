import { t } from '@grafana/i18n';
import type { Column } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { Figure } from '../../components/Figure';
import { SortedTable } from '../../components/list/SortedTable';
import { BudgetBar } from '../../components/slo/BudgetBar';
import { burnNow } from '../../components/slo/burn-now';
import { burnText, promiseText, runsOutText } from '../../components/slo/slo-words';
import { SloBadge } from '../../components/slo/SloBadge';
import { type ChangeSlos, defaults } from './slos-address';
import type { Row } from './slo-row';
import { SloOpened } from './SloOpened';
import { SloTitle } from './SloTitle';

interface Props {
  readonly rows: readonly Row[];
  /** Room for all columns. */
  readonly wide: boolean;
  readonly sort: string;
  readonly onChange: ChangeSlos;
}

/** One page of objectives. A row opens to its windows, or to the budgets that labels split it into. */
export function SloTable({ rows, wide, sort, onChange }: Props) {
  const columns = useMemo(() => makeColumns(wide), [wide]);
  const onSort = useCallback((next: string) => onChange({ sort: next, page: 1 }), [onChange]);
  const expanded = useCallback((row: Row) => <SloOpened row={row} />, []);
  return (
    <SortedTable
      rows={rows}
      columns={columns}
      sort={sort}
      defaultSort={defaults.sort}
      onSort={onSort}
      expanded={expanded}
    />
  );
}

function makeColumns(wide: boolean): Array<Column<Row>> {
  return [
    {
      id: 'name',
      header: t('slos.slo', 'SLO'),
      sortType: 'string',
      cell: ({ row: { original } }) => <SloTitle row={original} />,
    },
    {
      id: 'objective',
      header: t('slos.objective', 'Objective'),
      disableGrow: true,
      visible: () => wide,
      cell: ({ row: { original } }) => <Figure text={promiseText(original.worst)} />,
    },
    {
      id: 'left',
      header: t('slos.left', 'Budget left'),
      sortType: 'number',
      minWidth: 190,
      disableGrow: true,
      cell: ({ row: { original } }) => <BudgetBar left={original.worst.left} status={original.worst.status} />,
    },
    {
      id: 'burn',
      header: t('slos.burn', 'Burn now'),
      sortType: 'number',
      sortDescFirst: true,
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={burnText(burnNow(original.worst))} />,
    },
    {
      id: 'ends',
      header: t('slos.runs-out', 'Runs out'),
      sortType: 'number',
      minWidth: 150,
      disableGrow: true,
      cell: ({ row: { original } }) => runsOutText(original.worst),
    },
    {
      id: 'status',
      header: t('slos.status', 'Status'),
      disableGrow: true,
      cell: ({ row: { original } }) => <SloBadge status={original.worst.status} />,
    },
  ];
}

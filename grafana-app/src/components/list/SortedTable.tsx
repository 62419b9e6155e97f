import { type Column, InteractiveTable } from '@grafana/ui';
import { type ReactNode, useCallback, useMemo } from 'react';

interface Props<Row extends object> {
  readonly rows: readonly Row[];
  readonly columns: Array<Column<Row>>;
  /** Column, with a minus downwards. */
  readonly sort: string;
  /** When no column is chosen any more. */
  readonly defaultSort: string;
  readonly onSort: (sort: string) => void;
  /** What a row opens to. */
  readonly expanded?: ((row: Row) => ReactNode) | undefined;
}

/** One page of rows in the order they come in; a click on a head asks for another order. */
export function SortedTable<Row extends object & { readonly id: string }>(props: Props<Row>) {
  const { rows, columns, sort, defaultSort, onSort, expanded } = props;
  const data = useMemo(() => [...rows], [rows]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the table keeps its own sort from then on
  const initialSortBy = useMemo(() => [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }], []);
  const sortBy = useCallback(
    ({ sortBy: [first] }: { sortBy: Array<{ id: string; desc?: boolean }> }) =>
      onSort(first === undefined ? defaultSort : `${first.desc === true ? '-' : ''}${first.id}`),
    [defaultSort, onSort],
  );
  return (
    <InteractiveTable<Row>
      columns={columns}
      data={data}
      getRowId={(row) => row.id}
      fetchData={sortBy}
      initialSortBy={initialSortBy}
      disableSortRemove
      {...(expanded === undefined ? {} : { renderExpandedRow: expanded })}
    />
  );
}

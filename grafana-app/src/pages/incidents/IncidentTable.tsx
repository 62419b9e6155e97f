import { t } from '@grafana/i18n';
import { type Column, InteractiveTable, Stack, Text } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { anomaliesText, servicesText } from '../../components/incident/impact-words';
import { IncidentStateBadge } from '../../components/incident/IncidentStateBadge';
import { SeverityBadge } from '../../components/SeverityBadge';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';
import { type ChangeIncidents, defaults } from './incidents-address';
import { IncidentTitle } from './IncidentTitle';
import type { Row } from './row';

interface Props {
  readonly rows: readonly Row[];
  /** Room for all columns. */
  readonly wide: boolean;
  readonly sort: string;
  readonly onChange: ChangeIncidents;
}

/** One page of rows in the order they come in. Only titles are links, so that text can be copied. */
export function IncidentTable({ rows, wide, sort, onChange }: Props) {
  const columns = useMemo(() => makeColumns(wide), [wide]);
  const data = useMemo(() => [...rows], [rows]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the table keeps its own sort from then on
  const initialSortBy = useMemo(() => [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }], []);
  const sortBy = useCallback(
    ({ sortBy: [first] }: { sortBy: Array<{ id: string; desc?: boolean }> }) => {
      const next = first === undefined ? defaults.sort : `${first.desc === true ? '-' : ''}${first.id}`;
      onChange({ sort: next, page: 1 });
    },
    [onChange],
  );
  return (
    <InteractiveTable<Row>
      columns={columns}
      data={data}
      getRowId={(row) => row.id}
      fetchData={sortBy}
      initialSortBy={initialSortBy}
      disableSortRemove
    />
  );
}

function makeColumns(wide: boolean): Array<Column<Row>> {
  const low = () => wide;
  return [
    {
      id: 'severity',
      header: t('incidents.severity', 'Severity'),
      disableGrow: true,
      cell: ({ row: { original } }) => <SeverityBadge severity={original.severity} />,
    },
    {
      id: 'title',
      header: t('incidents.incident', 'Incident'),
      cell: ({ row: { original } }) => <IncidentTitle incident={original} />,
    },
    {
      id: 'state',
      header: t('incidents.state', 'State'),
      sortType: 'string',
      sortDescFirst: true,
      disableGrow: true,
      cell: ({ row: { original } }) => <IncidentStateBadge state={original.state} left={original.left} />,
    },
    {
      id: 'impact',
      header: t('incidents.impact', 'Impact'),
      sortType: 'number',
      sortDescFirst: true,
      minWidth: 130,
      disableGrow: true,
      cell: ({ row: { original } }) => (
        <Stack direction="column" gap={0}>
          <span>{servicesText(original.services.length)}</span>
          {wide && (
            <Text color="secondary" variant="bodySmall">
              {anomaliesText(original.anomalies)}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      id: 'since',
      header: t('incidents.since', 'Since'),
      sortType: 'number',
      sortDescFirst: true,
      minWidth: 210,
      disableGrow: true,
      cell: ({ row: { original } }) => <TimeOf timeMs={original.startMs} oneLine />,
    },
    {
      id: 'owner',
      header: t('incidents.owner', 'Owner'),
      disableGrow: true,
      visible: low,
      cell: ({ row: { original } }) =>
        original.owner === '' ? t('incident.nobody', 'nobody') : cut(original.owner, 40),
    },
  ];
}

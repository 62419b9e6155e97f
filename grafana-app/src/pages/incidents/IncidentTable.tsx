import { t } from '@grafana/i18n';
import { type Column, Stack, Text } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { unescaped } from '../../app/unescaped';
import { anomaliesText, servicesText } from '../../components/incident/impact-words';
import { StateBadge } from '../../components/StateBadge';
import { tickColumn } from '../../components/list/selection';
import { SortedTable } from '../../components/list/SortedTable';
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
  /** Rows can be ticked, to do something with them. */
  readonly ticks: boolean;
  readonly sort: string;
  readonly onChange: ChangeIncidents;
}

/** One page of rows in the order they come in. Only titles are links, so that text can be copied. */
export function IncidentTable({ rows, wide, ticks, sort, onChange }: Props) {
  const columns = useMemo(() => makeColumns(wide, ticks), [wide, ticks]);
  const onSort = useCallback((next: string) => onChange({ sort: next, page: 1 }), [onChange]);
  return <SortedTable rows={rows} columns={columns} sort={sort} defaultSort={defaults.sort} onSort={onSort} />;
}

function makeColumns(wide: boolean, ticks: boolean): Array<Column<Row>> {
  const low = () => wide;
  return [
    ...(ticks ? [tickColumn<Row>(tickLabel)] : []),
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
      cell: ({ row: { original } }) => <StateBadge state={original.state} left={original.left} />,
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

/** Only what goes on can be merged. */
function tickLabel({ id, title, state }: Row): string | undefined {
  return state === 'closed'
    ? undefined
    : t('incidents.tick', 'Choose incident {{id}}: {{title}}', { id, title: cut(title), interpolation: unescaped });
}

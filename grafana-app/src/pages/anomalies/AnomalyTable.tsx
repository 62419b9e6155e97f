import { t } from '@grafana/i18n';
import { type Column } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { SortedTable } from '../../components/list/SortedTable';
import { SeverityBadge, severityOf } from '../../components/SeverityBadge';
import { StateBadge } from '../../components/StateBadge';
import { Figure } from '../../components/Figure';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';
import { formatDuration } from '../../grafana/format-value';
import { AnomalyLink } from '../../parts/anomaly/AnomalyLink';
import type { Row } from './row';
import { type ChangeAddress, defaults } from './anomaly-address';

interface Props {
  readonly rows: readonly Row[];
  /** Room for all columns. */
  readonly wide: boolean;
  readonly sort: string;
  readonly onChange: ChangeAddress;
}

/** One page of rows in the order they come in. Only titles are links, so that text can be copied. */
export function AnomalyTable({ rows, wide, sort, onChange }: Props) {
  const columns = useMemo(() => makeColumns(wide), [wide]);
  const onSort = useCallback((next: string) => onChange({ sort: next, page: 1 }), [onChange]);
  return <SortedTable rows={rows} columns={columns} sort={sort} defaultSort={defaults.sort} onSort={onSort} />;
}

function makeColumns(wide: boolean): Array<Column<Row>> {
  const low = () => wide;
  return [
    {
      id: 'severity',
      header: t('anomalies.severity', 'Severity'),
      sortType: 'string',
      sortDescFirst: true,
      disableGrow: true,
      cell: ({ row: { original } }) => <SeverityBadge severity={severityOf(original.border)} />,
    },
    {
      id: 'sentence',
      header: t('anomalies.anomaly', 'Anomaly'),
      cell: ({ row: { original } }) => <AnomalyLink id={original.id} sentence={original.sentence} />,
    },
    {
      id: 'state',
      header: t('anomalies.state', 'State'),
      sortType: 'string',
      disableGrow: true,
      cell: ({ row: { original } }) => <StateBadge state={original.state} left={original.left} />,
    },
    {
      id: 'service',
      header: t('anomalies.service', 'Service'),
      sortType: 'string',
      minWidth: 120,
      disableGrow: true,
      visible: low,
      cell: ({ row: { original } }) => cut(original.series.service, 40),
    },
    {
      id: 'score',
      header: t('anomalies.score', 'Score'),
      sortType: 'number',
      sortDescFirst: true,
      disableGrow: true,
      visible: low,
      cell: ({ row: { original } }) => <Figure text={original.peakScore.toFixed(1)} />,
    },
    {
      id: 'duration',
      header: t('anomalies.duration', 'Duration'),
      sortType: 'number',
      sortDescFirst: true,
      disableGrow: true,
      visible: low,
      cell: ({ row: { original } }) => <Figure text={formatDuration(original.endMs - original.startMs)} />,
    },
    {
      id: 'since',
      header: t('anomalies.since', 'Since'),
      sortType: 'number',
      sortDescFirst: true,
      minWidth: 210,
      disableGrow: true,
      cell: ({ row: { original } }) => <TimeOf timeMs={original.startMs} oneLine />,
    },
  ];
}

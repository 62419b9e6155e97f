import { dateTimeFormat, dateTimeFormatTimeAgo } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, type Column, InteractiveTable, Text } from '@grafana/ui';
import { useMemo } from 'react';
import type { Anomaly } from '../../api/anomalies';
import { SeverityBadge } from '../../components/SeverityBadge';
import { cut } from '../../components/timeline/describe-mark';
import { testIds } from '../../testing/test-ids';

type Row = Anomaly & { readonly id: string };

/** The anomalies as rows. Figures stand on the right; rows are not links, so that their text can be copied. */
export function IncidentTable({ anomalies }: { readonly anomalies: readonly Anomaly[] }) {
  const columns = useMemo(() => makeColumns(), []);
  const rows = useMemo(() => anomalies.map((anomaly) => ({ ...anomaly })), [anomalies]);
  return (
    <div data-testid={testIds.incidents.list}>
      <InteractiveTable<Row> columns={columns} data={rows} getRowId={(row) => row.id} pageSize={50} />
    </div>
  );
}

function makeColumns(): Array<Column<Row>> {
  return [
    {
      id: 'border',
      header: t('incidents.severity', 'Severity'),
      sortType: 'string',
      cell: ({ row: { original } }) => <SeverityBadge border={original.border} />,
    },
    {
      id: 'sentence',
      header: t('incidents.incident', 'Incident'),
      sortType: 'string',
      cell: ({ row: { original } }) => <Text>{cut(original.sentence)}</Text>,
    },
    {
      id: 'state',
      header: t('incidents.state', 'State'),
      sortType: 'string',
      cell: ({ row: { original } }) => <StateBadge state={original.state} />,
    },
    {
      id: 'peakScore',
      header: t('incidents.score', 'Score'),
      sortType: 'number',
      cell: ({ row: { original } }) => <Text textAlignment="right">{original.peakScore.toFixed(1)}</Text>,
    },
    {
      id: 'startMs',
      header: t('incidents.since', 'Since'),
      sortType: 'number',
      cell: ({ row: { original } }) => <Since timeMs={original.startMs} />,
    },
  ];
}

function StateBadge({ state }: { readonly state: Anomaly['state'] }) {
  const open = state === 'open';
  const text = open ? t('incidents.state-open', 'Open') : t('incidents.state-closed', 'Closed');
  return <Badge color="darkgrey" icon={open ? 'circle' : 'check'} text={text} />;
}

/** Relative beside absolute; the tooltip holds the date. */
function Since({ timeMs }: { readonly timeMs: number }) {
  return (
    <span title={dateTimeFormat(timeMs)}>
      {dateTimeFormat(timeMs, { format: 'HH:mm:ss' })}, {dateTimeFormatTimeAgo(timeMs)}
    </span>
  );
}

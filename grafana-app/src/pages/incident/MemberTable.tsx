import { t } from '@grafana/i18n';
import { type Column, InteractiveTable, Stack } from '@grafana/ui';
import { useMemo } from 'react';
import type { MemberAnomaly } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import { ListFooter } from '../../components/ListFooter';
import { tickColumn } from '../../components/list/selection';
import { showing } from '../../components/list/showing';
import { pageOf } from '../../components/page-of';
import { cut } from '../../components/timeline/describe-mark';
import { laneName } from '../../components/timeline/lane-name';
import { signalLane } from '../../components/timeline/to-timeline-events';
import { TimeOf } from '../../components/TimeOf';
import { formatDuration } from '../../grafana/format-value';
import { canWorkOnIncidents } from '../../grafana/allowed';
import { AnomalyLink } from '../../parts/anomaly/AnomalyLink';
import type { ChangeIncident } from './incident-address';

interface Props {
  readonly members: readonly MemberAnomaly[];
  readonly page: number;
  readonly onChange: ChangeIncident;
}

/** Every anomaly of the incident that lies in the shown range, first ones first. */
export function MemberTable({ members, page: wanted, onChange }: Props) {
  const { shown, page, pages } = pageOf(members, wanted);
  const columns = useMemo(() => makeColumns(), []);
  const data = useMemo(() => [...shown], [shown]);
  return (
    <Stack direction="column" gap={1}>
      <InteractiveTable<MemberAnomaly> columns={columns} data={data} getRowId={({ id }) => id} />
      <ListFooter
        text={showing(shown.length, members.length)}
        page={page}
        pages={pages}
        onPage={(to) => onChange({ page: to })}
      />
    </Stack>
  );
}

function makeColumns(): Array<Column<MemberAnomaly>> {
  return [
    ...(canWorkOnIncidents() ? [tickColumn<MemberAnomaly>(tickLabel)] : []),
    {
      id: 'time',
      header: t('member.time', 'Time'),
      minWidth: 200,
      disableGrow: true,
      cell: ({ row: { original } }) => <TimeOf timeMs={original.startMs} oneLine />,
    },
    {
      id: 'lane',
      header: t('member.lane', 'Lane'),
      disableGrow: true,
      cell: ({ row: { original } }) => laneName(signalLane(original.signal)),
    },
    {
      id: 'what',
      header: t('member.what', 'What'),
      cell: ({ row: { original } }) => <AnomalyLink id={original.id} sentence={original.sentence} />,
    },
    {
      id: 'service',
      header: t('member.service', 'Service'),
      disableGrow: true,
      cell: ({ row: { original } }) => cut(original.service),
    },
    {
      id: 'score',
      header: t('member.score', 'Score'),
      disableGrow: true,
      cell: ({ row: { original } }) => original.peakScore.toFixed(1),
    },
    {
      id: 'duration',
      header: t('member.duration', 'Duration'),
      disableGrow: true,
      cell: ({ row: { original } }) => formatDuration(original.endMs - original.startMs),
    },
  ];
}

function tickLabel({ sentence }: MemberAnomaly): string {
  return t('member.tick', 'Choose: {{sentence}}', { sentence: cut(sentence), interpolation: unescaped });
}

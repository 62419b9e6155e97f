import { t } from '@grafana/i18n';
import { type Column, InteractiveTable, Text } from '@grafana/ui';
import { useMemo } from 'react';
import type { MissedDrill } from '../../api/drills';
import { Figure } from '../../components/Figure';
import { SideScroll } from '../../components/SideScroll';
import { TimeOf } from '../../components/TimeOf';
import { formatValue } from '../../grafana/format-value';
import { kindWord } from './drill-words';
import { SeriesLink } from './SeriesLink';

/** Faults that nobody noticed, newest first: where small faults would pass unseen. */
export function MissedDrills({ missed }: { readonly missed: readonly MissedDrill[] }) {
  const columns = useMemo(() => makeColumns(), []);
  const data = useMemo(() => missed.map((one) => ({ ...one, id: `${one.series.id} ${one.startMs}` })), [missed]);
  return data.length === 0 ? (
    <Text color="secondary">{t('drills.none-missed', 'None of the newest was missed.')}</Text>
  ) : (
    <SideScroll label={t('drills.missed', 'Missed')}>
      <InteractiveTable<MissedDrill & { id: string }> columns={columns} data={data} getRowId={({ id }) => id} />
    </SideScroll>
  );
}

function makeColumns(): Array<Column<MissedDrill & { id: string }>> {
  return [
    {
      id: 'series',
      header: t('coverage.series', 'Series'),
      cell: ({ row: { original } }) => (
        <SeriesLink
          id={original.series.id}
          title={original.title}
          span={{ fromMs: original.startMs, toMs: original.endMs }}
        />
      ),
    },
    {
      id: 'kind',
      header: t('drills.kind', 'Fault'),
      disableGrow: true,
      cell: ({ row: { original } }) => kindWord(original.kind),
    },
    {
      id: 'change',
      header: t('drills.change', 'Moved by'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={formatValue(original.series, original.change) ?? ''} />,
    },
    {
      id: 'score',
      header: t('drills.peak', 'Highest score'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={original.peakScore.toFixed(2)} />,
    },
    {
      id: 'when',
      header: t('drills.when', 'When'),
      minWidth: 210,
      disableGrow: true,
      cell: ({ row: { original } }) => <TimeOf timeMs={original.startMs} oneLine />,
    },
  ];
}

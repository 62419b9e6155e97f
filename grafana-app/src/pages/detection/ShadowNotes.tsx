import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, type Column, InteractiveTable, Text, TextLink } from '@grafana/ui';
import { useMemo } from 'react';
import type { ShadowNote } from '../../api/shadow';
import { incidentPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { Figure } from '../../components/Figure';
import { SideScroll } from '../../components/SideScroll';
import { SeverityBadge, severityOf } from '../../components/SeverityBadge';
import { TimeOf } from '../../components/TimeOf';
import { SeriesLink } from './SeriesLink';

type Row = ShadowNote & { readonly id: string };

/** Single findings of the shadow, and live ones that it would have missed; newest first. */
export function ShadowNotes({ notes }: { readonly notes: readonly ShadowNote[] }) {
  const columns = useMemo(() => makeColumns(), []);
  const data = useMemo(
    () => notes.map((note) => ({ ...note, id: `${note.kind} ${note.series.id} ${note.startMs}` })),
    [notes],
  );
  return data.length === 0 ? (
    <Text color="secondary">{t('shadow.no-notes', 'No finding of either yet.')}</Text>
  ) : (
    <SideScroll label={t('shadow.notes', 'Where they do not agree')}>
      <InteractiveTable<Row> columns={columns} data={data} getRowId={({ id }) => id} />
    </SideScroll>
  );
}

function makeColumns(): Array<Column<Row>> {
  return [
    {
      id: 'kind',
      header: t('shadow.kind', 'Shadow'),
      disableGrow: true,
      cell: ({ row: { original } }) => <KindBadge kind={original.kind} />,
    },
    {
      id: 'severity',
      header: t('list.severity', 'Severity'),
      disableGrow: true,
      cell: ({ row: { original } }) => <SeverityBadge severity={severityOf(original.isPage ? 'page' : 'notice')} />,
    },
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
      id: 'score',
      header: t('drills.peak', 'Highest score'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={original.peakScore.toFixed(1)} />,
    },
    {
      id: 'beside',
      header: t('shadow.beside', 'Live beside it'),
      minWidth: 140,
      disableGrow: true,
      cell: ({ row: { original } }) => besideWord(original.beside),
    },
    {
      id: 'incident',
      header: t('incidents.incident', 'Incident'),
      disableGrow: true,
      cell: ({ row: { original } }) => <IncidentOf id={original.incidentId} />,
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

function KindBadge({ kind }: Pick<ShadowNote, 'kind'>) {
  return kind === 'raised' ? (
    <Badge color="blue" icon="plus" text={t('shadow.would-raise', 'Raised')} />
  ) : (
    <Badge color="darkgrey" icon="minus" text={t('shadow.would-miss', 'Missed')} />
  );
}

function IncidentOf({ id }: { readonly id: string | undefined }) {
  return id === undefined ? null : (
    <TextLink href={locationUtil.assureBaseUrl(incidentPath(id))} inline={false}>
      {t('incident.numbered', 'Incident {{id}}', { id, interpolation: unescaped })}
    </TextLink>
  );
}

function besideWord(beside: ShadowNote['beside']): string {
  return {
    series: t('shadow.beside-series', 'On this series'),
    service: t('shadow.beside-service', 'On this service'),
    alone: t('shadow.beside-nothing', 'Nothing'),
  }[beside];
}

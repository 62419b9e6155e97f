import { t } from '@grafana/i18n';
import { type Column, InteractiveTable, Stack, Text } from '@grafana/ui';
import { useMemo } from 'react';
import type { SloBurned, SloBurner } from '../../api/slos';
import { incidentPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { Figure } from '../../components/Figure';
import { PageLink } from '../../components/PageLink';
import { SideScroll } from '../../components/SideScroll';
import { leftText } from '../../components/slo/slo-words';
import { cut } from '../../components/timeline/describe-mark';
import { shortDate } from '../../grafana/format-time';
import { formatDuration } from '../../grafana/format-value';

interface Row {
  readonly id: string;
  /** Absent: what nothing known explains. */
  readonly burner?: SloBurner;
  readonly share: number | null;
}

/** Where the budget went: incidents, changes, and what neither explains. */
export function BurnedBy({ burned }: { readonly burned: SloBurned }) {
  const { items, rest, toMs } = burned;
  const columns = useMemo(() => makeColumns(toMs), [toMs]);
  const data = useMemo(
    (): Row[] => [
      ...items.map((burner) => ({ id: `${burner.kind} ${burner.id}`, burner, share: burner.share })),
      ...(rest.bad > 0 ? [{ id: 'rest', share: rest.share }] : []),
    ],
    [items, rest],
  );
  return data.length === 0 ? (
    <Text color="secondary">{t('slo.nothing-burned', 'Nothing burned it in this range.')}</Text>
  ) : (
    <SideScroll label={t('slo.burned', 'What burned it')}>
      <InteractiveTable<Row> columns={columns} data={data} getRowId={({ id }) => id} />
    </SideScroll>
  );
}

function makeColumns(toMs: number): Array<Column<Row>> {
  return [
    {
      id: 'what',
      header: t('slo.burned', 'What burned it'),
      cell: ({ row: { original } }) => <What burner={original.burner} />,
    },
    {
      id: 'share',
      header: t('slo.share', 'Share of budget'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={leftText(original.share)} />,
    },
    {
      id: 'when',
      header: t('slo.when', 'When'),
      cell: ({ row: { original } }) => (original.burner === undefined ? '' : whenText(original.burner, toMs)),
    },
  ];
}

function What({ burner }: { readonly burner: SloBurner | undefined }) {
  if (burner === undefined) {
    return t('slo.outside', 'Outside incidents');
  }
  const { kind, id, title, service } = burner;
  return kind === 'incident' ? (
    <Stack direction="column" gap={0}>
      <PageLink path={incidentPath(id)}>
        {t('slo.incident', 'Incident {{id}}: {{title}}', { id: cut(id), title: cut(title), interpolation: unescaped })}
      </PageLink>
    </Stack>
  ) : (
    t('slo.change', '{{title}} ({{service}})', { title: cut(title), service: cut(service), interpolation: unescaped })
  );
}

/** "14 Sep 02:51, 41 min"; what reaches the end of the range goes on. */
function whenText({ fromMs, toMs }: SloBurner, rangeEndMs: number): string {
  const from = shortDate(fromMs);
  return toMs >= rangeEndMs
    ? t('slo.goes-on', '{{from}}, still going on', { from, interpolation: unescaped })
    : `${from}, ${formatDuration(toMs - fromMs)}`;
}

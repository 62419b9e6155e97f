import { t } from '@grafana/i18n';
import { type Column, InteractiveTable, Stack, Text } from '@grafana/ui';
import { useMemo } from 'react';
import type { Slo, SloTier } from '../../api/slos';
import { Figure } from '../Figure';
import { SideScroll } from '../SideScroll';
import { fewText } from './few-words';
import { burnText } from './slo-words';
import { alertWord, tierStateWord, tierWord } from './tier-words';

/** How fast the budget goes in the windows of each tier, and where their limits are. */
export function BurnTable({ slo }: { readonly slo: Pick<Slo, 'tiers' | 'minEvents' | 'minFailures' | 'status'> }) {
  const columns = useMemo(() => makeColumns(), []);
  const data = useMemo(() => [...slo.tiers], [slo.tiers]);
  const few = fewText(slo);
  return (
    <Stack direction="column" gap={1}>
      {few !== '' && <Text color="secondary">{few}</Text>}
      {data.length > 0 && (
        <SideScroll label={t('slo.burn-by-window', 'Burn by window')}>
          <InteractiveTable<SloTier> columns={columns} data={data} getRowId={({ tier }) => tier} />
        </SideScroll>
      )}
    </Stack>
  );
}

function makeColumns(): Array<Column<SloTier>> {
  return [
    { id: 'tier', header: t('slo.tier', 'Tier'), cell: ({ row: { original } }) => tierWord(original.tier) },
    {
      id: 'short',
      header: t('slo.short-window', 'Short window'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Rate window={original.shortWindow} rate={original.shortRate} />,
    },
    {
      id: 'long',
      header: t('slo.long-window', 'Long window'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Rate window={original.longWindow} rate={original.longRate} />,
    },
    {
      id: 'limit',
      header: t('slo.limit', 'Limit'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={burnText(original.limit)} />,
    },
    {
      id: 'alerts',
      header: t('slo.alerts', 'Alerts by'),
      disableGrow: true,
      cell: ({ row: { original } }) => alertWord(original.alerts),
    },
    { id: 'state', header: t('slo.state', 'State'), cell: ({ row: { original } }) => tierStateWord(original.state) },
  ];
}

function Rate({ window, rate }: { readonly window: string; readonly rate: number | null }) {
  return <Figure text={rateText(window, rate)} />;
}

/** "5m: 16x" */
function rateText(window: string, rate: number | null): string {
  return `${window}: ${burnText(rate)}`;
}

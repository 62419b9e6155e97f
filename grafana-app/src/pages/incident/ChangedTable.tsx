import { t } from '@grafana/i18n';
import { type Column, InteractiveTable } from '@grafana/ui';
import { css } from '@emotion/css';
import { useMemo } from 'react';
import type { ChangedSeries } from '../../api/window-changes';
import { Figure } from '../../components/Figure';
import { cut } from '../../components/timeline/describe-mark';
import { formatIn, formatValue } from '../../grafana/format-value';

/** Series with what they were before and within the window, in the order of the answer. */
export function ChangedTable({ items }: { readonly items: readonly ChangedSeries[] }) {
  const columns = useMemo(() => makeColumns(), []);
  const data = useMemo(() => [...items], [items]);
  return <InteractiveTable<ChangedSeries> columns={columns} data={data} getRowId={({ series }) => series.id} />;
}

function makeColumns(): Array<Column<ChangedSeries>> {
  return [
    {
      id: 'title',
      header: t('coverage.series', 'Series'),
      cell: ({ row: { original } }) => <span className={anywhere}>{cut(original.title)}</span>,
    },
    {
      id: 'before',
      header: t('window.before', 'Before'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={mean(original, original.before)} />,
    },
    {
      id: 'window',
      header: t('window.window', 'Here'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={mean(original, original.window)} />,
    },
    {
      id: 'distance',
      header: t('window.distance', 'Shape'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={original.statistic.toFixed(2)} />,
    },
    {
      id: 'share',
      header: t('window.share', 'Volume'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={shareText(original.share)} />,
    },
  ];
}

function mean({ series }: ChangedSeries, side: ChangedSeries['before']): string {
  return formatValue(series, side.mean) ?? '';
}

/** "+120%": beyond what the time before would have brought. */
function shareText(share: number): string {
  return `${share > 0 ? '+' : ''}${formatIn('percentunit', share)}`;
}

const anywhere = css({ overflowWrap: 'anywhere' });

import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { memo } from 'react';
import type { Strongest } from '../../api/anomalies';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';
import { testIds } from '../../testing/test-ids';
import type { Row } from './row';
import type { ChangeAddress, AnomalyAddress } from './anomaly-address';
import { AnomalyCards } from './AnomalyCards';
import { AnomalyTable } from './AnomalyTable';
import { showing } from '../../components/list/showing';
import { ListFooter } from '../../components/ListFooter';
import { pageOf } from '../../components/page-of';
import { widths } from '../../components/widths';

interface Props {
  /** What lies in the shown range. */
  readonly rows: readonly Row[];
  readonly found: Strongest;
  readonly zoomed: boolean;
  readonly address: AnomalyAddress;
  readonly width: number;
  readonly onChange: ChangeAddress;
}

/** A page of the rows, as a table or, where there is no room for one, as cards. */
export const AnomalyList = memo(function AnomalyList({ rows, found, zoomed, address, width, onChange }: Props) {
  const { shown, page, pages } = pageOf(rows, address.page);
  return (
    <Stack direction="column" gap={1}>
      <div data-testid={testIds.anomalies.list}>
        {width > 0 && width < widths.narrow ? (
          <AnomalyCards rows={shown} />
        ) : (
          <AnomalyTable rows={shown} wide={width >= widths.medium} sort={address.sort} onChange={onChange} />
        )}
      </div>
      <ListFooter
        text={listed(shown.length, rows.length, zoomed) + rest(found)}
        page={page}
        pages={pages}
        onPage={(to) => onChange({ page: to })}
      />
    </Stack>
  );
});

function listed(shown: number, total: number, zoomed: boolean): string {
  const text = showing(shown, total);
  return zoomed ? `${text} ${t('anomalies.zoomed', 'in the shown range')}` : text;
}

/** What the list leaves out, when there was more than it holds. */
function rest({ items, total, totalIsExact }: Strongest): string {
  if (items.length >= total) {
    return '';
  }
  const text = t('anomalies.strongest', 'Showing the {{shown}} strongest of {{total}} anomalies.', {
    shown: formatCount(items.length),
    total: totalIsExact ? formatCount(total) : `${formatCount(total)}+`,
    interpolation: unescaped,
  });
  return `. ${text}`;
}

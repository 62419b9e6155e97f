import { t } from '@grafana/i18n';
import { Pagination, Stack, Text } from '@grafana/ui';
import { memo } from 'react';
import type { Strongest } from '../../api/anomalies';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';
import { testIds } from '../../testing/test-ids';
import type { Row } from './held-rows';
import type { IncidentAddress } from './incident-address';
import { IncidentCards } from './IncidentCards';
import { IncidentTable } from './IncidentTable';
import type { ChangeAddress } from './use-address';
import { widths } from '../../components/widths';

const PAGE_ROWS = 50;

interface Props {
  /** What lies in the shown range. */
  readonly rows: readonly Row[];
  readonly found: Strongest;
  readonly zoomed: boolean;
  readonly address: IncidentAddress;
  readonly width: number;
  readonly onChange: ChangeAddress;
}

/** A page of the rows, as a table or, where there is no room for one, as cards. */
export const IncidentList = memo(function IncidentList({ rows, found, zoomed, address, width, onChange }: Props) {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(address.page, pages);
  const shown = rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  return (
    <Stack direction="column" gap={1}>
      <div data-testid={testIds.incidents.list}>
        {width > 0 && width < widths.narrow ? (
          <IncidentCards rows={shown} />
        ) : (
          <IncidentTable rows={shown} wide={width >= widths.medium} sort={address.sort} onChange={onChange} />
        )}
      </div>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
        <Text color="secondary" variant="bodySmall">
          {[
            t('incidents.showing', 'Showing {{shown}} of {{total}}', {
              shown: formatCount(shown.length),
              total: formatCount(rows.length),
              interpolation: unescaped,
            }),
            ...(zoomed ? [t('incidents.zoomed', 'in the shown range')] : []),
          ].join(' ')}
          {found.items.length < found.total && `. ${strongest(found)}`}
        </Text>
        <Pagination
          currentPage={page}
          numberOfPages={pages}
          hideWhenSinglePage
          onNavigate={(to) => onChange({ page: to })}
        />
      </Stack>
    </Stack>
  );
});

function strongest({ items, total, totalIsExact }: Strongest): string {
  return t('incidents.strongest', 'Showing the {{shown}} strongest of {{total}} anomalies.', {
    shown: formatCount(items.length),
    total: totalIsExact ? formatCount(total) : `${formatCount(total)}+`,
    interpolation: unescaped,
  });
}

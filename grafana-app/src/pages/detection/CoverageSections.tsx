import { t } from '@grafana/i18n';
import { Button, EmptyState, Pagination, Stack, Text } from '@grafana/ui';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';
import { testIds } from '../../testing/test-ids';
import { widths } from '../../components/widths';
import { type CoverageAddress, defaults, hasFilters } from './coverage-address';
import { CoverageFigures } from './CoverageFigures';
import { CoverageRows } from './CoverageRows';
import { type CoverageData, SERIES_AT_MOST } from './use-coverage';
import type { ChangeCoverage } from './use-coverage-address';

const PAGE_ROWS = 50;

interface Props {
  readonly data: CoverageData;
  readonly address: CoverageAddress;
  readonly width: number;
  readonly onChange: ChangeCoverage;
}

/** The figures, and the series behind them; or a sentence about why there are none. */
export function CoverageSections({ data, address, width, onChange }: Props) {
  const { entries } = data;
  if (entries.length === 0 && !hasFilters(address)) {
    return (
      <EmptyState variant="not-found" message={t('coverage.none', 'No series yet')}>
        {t('coverage.none-why', 'Nothing has arrived at the receivers.')}
      </EmptyState>
    );
  }
  const pages = Math.max(1, Math.ceil(entries.length / PAGE_ROWS));
  const page = Math.min(address.page, pages);
  const shown = entries.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  return (
    <Stack direction="column" gap={2}>
      <CoverageFigures data={data} chosen={address.state} onChange={onChange} />
      {entries.length === 0 ? (
        <NothingMatches onClear={() => onChange(defaults)} />
      ) : (
        <div data-testid={testIds.coverage.list}>
          <CoverageRows
            entries={shown}
            room={width > 0 && width < widths.narrow ? 'cards' : width >= widths.medium ? 'wide' : 'table'}
          />
          <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
            <Text color="secondary" variant="bodySmall">
              {showing(shown.length, data)}
            </Text>
            <Pagination
              currentPage={page}
              numberOfPages={pages}
              hideWhenSinglePage
              onNavigate={(to) => onChange({ page: to })}
            />
          </Stack>
        </div>
      )}
    </Stack>
  );
}

function showing(shown: number, { total, totalIsExact }: CoverageData): string {
  const text = t('incidents.showing', 'Showing {{shown}} of {{total}}', {
    shown: formatCount(shown),
    total: totalIsExact ? formatCount(total) : `${formatCount(total)}+`,
    interpolation: unescaped,
  });
  const hint = t('coverage.narrow', 'Search or filter to see more than the first {{most}}.', {
    most: formatCount(SERIES_AT_MOST),
    interpolation: unescaped,
  });
  return total > SERIES_AT_MOST ? `${text}. ${hint}` : text;
}

function NothingMatches({ onClear }: { readonly onClear: () => void }) {
  const button = (
    <Button variant="secondary" onClick={onClear}>
      {t('incidents.clear-filters', 'Clear filters')}
    </Button>
  );
  const message = t('coverage.no-match', 'No series match these filters');
  return <EmptyState variant="not-found" message={message} button={button} />;
}

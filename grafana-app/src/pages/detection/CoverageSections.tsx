import { t } from '@grafana/i18n';
import { Button, EmptyState, Stack } from '@grafana/ui';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';
import { testIds } from '../../testing/test-ids';
import { ListFooter } from '../../components/ListFooter';
import { pageOf } from '../../components/page-of';
import { widths } from '../../components/widths';
import { type ChangeCoverage, type CoverageAddress, defaults, hasFilters } from './coverage-address';
import { CoverageFigures } from './CoverageFigures';
import { CoverageRows } from './CoverageRows';
import { type CoverageData, SERIES_AT_MOST } from './use-coverage';

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
  const { shown, page, pages } = pageOf(entries, address.page);
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
          <ListFooter
            text={showing(shown.length, data)}
            page={page}
            pages={pages}
            onPage={(to) => onChange({ page: to })}
          />
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

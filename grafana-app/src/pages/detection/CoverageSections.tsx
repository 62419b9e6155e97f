import { t } from '@grafana/i18n';
import { EmptyState, Stack } from '@grafana/ui';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';
import { testIds } from '../../testing/test-ids';
import { NothingMatches } from '../../components/list/NothingOpen';
import { showing } from '../../components/list/showing';
import { ListFooter } from '../../components/ListFooter';
import { pageOf } from '../../components/page-of';
import { roomIn } from '../../components/widths';
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
        <NothingMatches
          message={t('coverage.no-match', 'No series match these filters')}
          onClear={() => onChange(defaults)}
        />
      ) : (
        <div data-testid={testIds.coverage.list}>
          <CoverageRows entries={shown} room={roomIn(width)} />
          <ListFooter
            text={listed(shown.length, data)}
            page={page}
            pages={pages}
            onPage={(to) => onChange({ page: to })}
          />
        </div>
      )}
    </Stack>
  );
}

function listed(shown: number, { total, totalIsExact }: CoverageData): string {
  const text = showing(shown, total, totalIsExact);
  const hint = t('coverage.narrow', 'Search or filter to see more than the first {{most}}.', {
    most: formatCount(SERIES_AT_MOST),
    interpolation: unescaped,
  });
  return total > SERIES_AT_MOST ? `${text}. ${hint}` : text;
}

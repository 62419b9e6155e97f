import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { useCallback } from 'react';
import type { LoadState } from '../../app/load-state';
import { unescaped } from '../../app/unescaped';
import { ListFooter } from '../../components/ListFooter';
import { NewRows } from '../../components/list/NewRows';
import { NothingMatches, NothingOpen } from '../../components/list/NothingOpen';
import { showing } from '../../components/list/showing';
import { useHeldRows } from '../../components/list/use-held-rows';
import { pageOf } from '../../components/page-of';
import { widths } from '../../components/widths';
import { formatCount } from '../../grafana/format-value';
import { canWorkOnIncidents } from '../../grafana/allowed';
import { testIds } from '../../testing/test-ids';
import { IncidentCards } from './IncidentCards';
import { type ChangeIncidents, countFilters, type IncidentsAddress } from './incidents-address';
import { IncidentTable } from './IncidentTable';
import { type Row, sortRows } from './row';
import type { IncidentsData } from './use-incidents';

interface Props {
  readonly answer: Extract<LoadState<IncidentsData>, { kind: 'ready' }>;
  readonly address: IncidentsAddress;
  readonly width: number;
  readonly onChange: ChangeIncidents;
  readonly onClear: () => void;
}

/** A page of the incidents, worst first; or a sentence about why there are none. */
export function IncidentList({ answer: { data, key }, address, width, onChange, onClear }: Props) {
  const { sort } = address;
  const inOrder = useCallback((held: readonly Row[]) => sortRows(held, sort), [sort]);
  const { rows, waiting, showWaiting } = useHeldRows({ key, latest: data.incidents.items, inOrder });
  const { whyEmpty } = data;
  if (rows.length === 0) {
    return countFilters(address) === 0 && whyEmpty !== undefined ? (
      <NothingOpen
        why={whyEmpty}
        status={data.status}
        message={t('incidents.none-open', 'No open incidents')}
        lastClosedMs={data.lastClosedMs}
        onShowClosed={() => onChange({ state: 'all' })}
      />
    ) : (
      <NothingMatches message={t('incidents.no-match', 'No incidents match these filters')} onClear={onClear} />
    );
  }
  const { shown, page, pages } = pageOf(rows, address.page);
  return (
    <Stack direction="column" gap={1}>
      <NewRows text={waiting === 0 ? '' : newOnes(waiting)} onShow={showWaiting} />
      <div data-testid={testIds.incidents.list}>
        {width > 0 && width < widths.narrow ? (
          <IncidentCards rows={shown} />
        ) : (
          <IncidentTable
            rows={shown}
            wide={width >= widths.medium}
            ticks={canWorkOnIncidents()}
            sort={sort}
            onChange={onChange}
          />
        )}
      </div>
      <ListFooter
        text={showing(shown.length, Math.max(rows.length, data.incidents.total))}
        page={page}
        pages={pages}
        onPage={(to) => onChange({ page: to })}
      />
    </Stack>
  );
}

function newOnes(count: number): string {
  return t('incidents.new', '', {
    count,
    formatted: formatCount(count),
    interpolation: unescaped,
    defaultValue_one: '{{formatted}} new incident',
    defaultValue_other: '{{formatted}} new incidents',
  });
}

import { t } from '@grafana/i18n';
import { EmptyState, Stack } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import type { Slo, SloStatus } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { ChoiceFilter } from '../../components/list/ChoiceFilter';
import { FilterBar } from '../../components/list/FilterBar';
import { NewRows } from '../../components/list/NewRows';
import { NothingMatches } from '../../components/list/NothingOpen';
import { ServiceFilter } from '../../components/list/ServiceFilter';
import { showing } from '../../components/list/showing';
import { useHeldRows } from '../../components/list/use-held-rows';
import { ListFooter } from '../../components/ListFooter';
import { pageOf } from '../../components/page-of';
import { knownStatuses } from '../../components/slo/known-statuses';
import { statusWord } from '../../components/slo/slo-words';
import { roomIn } from '../../components/widths';
import { formatCount } from '../../grafana/format-value';
import { testIds } from '../../testing/test-ids';
import { filterRows, groupSlos, type Row, type SloGroups, sortRows } from './slo-row';
import { type ChangeSlos, countFilters, type SlosAddress, slosForm } from './slos-address';
import { SloCards } from './SloCards';
import { SloTable } from './SloTable';

interface Props {
  readonly slos: readonly Slo[];
  readonly address: SlosAddress;
  readonly width: number;
  readonly onChange: ChangeSlos;
  readonly onClear: () => void;
}

/** Objectives, the one with the least budget first. */
export function SlosView({ slos, address, width, onChange, onClear }: Props) {
  const all = useMemo(() => groupSlos(slos), [slos]);
  const { q, service, status, sort } = address;
  const fitting = useMemo(() => filterRows(all, { q, service, status }), [all, q, service, status]);
  const inOrder = useCallback((held: readonly Row[]) => sortRows(held, sort), [sort]);
  const held = useHeldRows({ key: slosForm.questionOf(address), latest: fitting, inOrder });
  if (all.length === 0) {
    return (
      <EmptyState variant="not-found" message={t('slos.none', 'No SLOs yet')}>
        {t(
          'slos.none-why',
          "SLOs are read from OpenSLO, Sloth or Pyrra files that the sidecar's configuration names, under slo.files.",
        )}
      </EmptyState>
    );
  }
  const room = roomIn(width);
  const { shown, page, pages } = pageOf(held.rows, address.page);
  return (
    <Stack direction="column" gap={1}>
      <Filters address={address} all={all} folded={room === 'cards'} onChange={onChange} onReset={onClear} />
      {held.rows.length === 0 ? (
        <NothingMatches message={t('slos.no-match', 'No SLOs match these filters')} onClear={onClear} />
      ) : (
        <>
          <NewRows text={held.waiting === 0 ? '' : newOnes(held.waiting)} onShow={held.showWaiting} />
          <div data-testid={testIds.slos.list}>
            {room === 'cards' ? (
              <SloCards rows={shown} />
            ) : (
              <SloTable rows={shown} wide={room === 'wide'} sort={sort} onChange={onChange} />
            )}
          </div>
          <ListFooter
            text={showing(shown.length, held.rows.length)}
            page={page}
            pages={pages}
            onPage={(to) => onChange({ page: to })}
          />
        </>
      )}
    </Stack>
  );
}

interface FiltersProps {
  readonly address: SlosAddress;
  readonly all: readonly SloGroups[];
  readonly folded: boolean;
  readonly onChange: ChangeSlos;
  readonly onReset: () => void;
}

function Filters({ address, all, folded, onChange, onReset }: FiltersProps) {
  const services = useMemo(() => [...new Set(all.map(({ worst }) => worst.service))].sort(), [all]);
  return (
    <FilterBar
      search={address.q}
      onSearch={(q) => onChange({ q })}
      count={countFilters(address)}
      folded={folded}
      onReset={onReset}
    >
      <ServiceFilter chosen={address.service} services={services} onChange={(service) => onChange({ service })} />
      <ChoiceFilter
        label={t('slos.status', 'Status')}
        width={24}
        value={address.status}
        options={[
          ['all', t('slos.status-any', 'Status: all')],
          ...knownStatuses.map((status) => [status, statusOption(status)] as const),
        ]}
        onChange={(status) => onChange({ status })}
      />
    </FilterBar>
  );
}

function statusOption(status: SloStatus): string {
  return t('slos.status-one', 'Status: {{status}}', {
    status: statusWord(status).toLowerCase(),
    interpolation: unescaped,
  });
}

function newOnes(count: number): string {
  return t('slos.new', '', {
    count,
    formatted: formatCount(count),
    interpolation: unescaped,
    defaultValue_one: '{{formatted}} more SLO',
    defaultValue_other: '{{formatted}} more SLOs',
  });
}

import { t } from '@grafana/i18n';
import { Alert, EmptyState, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { Suspense, useCallback } from 'react';
import { unescaped } from '../../app/unescaped';
import { ChoiceFilter } from '../../components/list/ChoiceFilter';
import { FilterBar } from '../../components/list/FilterBar';
import { NothingMatches } from '../../components/list/NothingOpen';
import { showing } from '../../components/list/showing';
import { ListFooter } from '../../components/ListFooter';
import { pageOf } from '../../components/page-of';
import { roomIn } from '../../components/widths';
import { formatCount } from '../../grafana/format-value';
import { testIds } from '../../testing/test-ids';
import { mapHeight } from '../../parts/services/map-height';
import { filterRows, mapRows } from '../../parts/services/service-rows';
import { type ChangeServices, defaults, type ServicesAddress } from './services-address';
import { ServiceDrawer } from '../../parts/services/ServiceDrawer';
import { ServiceTable } from '../../parts/services/ServiceTable';
import type { ServicesData } from './use-services';
import { ServiceMap } from '../../parts/lazy-panels';

interface Props {
  readonly data: ServicesData;
  readonly address: ServicesAddress;
  readonly width: number;
  readonly onChange: ChangeServices;
}

/** The services as a map and as a table that holds every fact of it. */
export function ServicesView({ data: { rows, complete }, address, width, onChange }: Props) {
  const open = useCallback((sel: string) => onChange({ sel }), [onChange]);
  if (rows.length === 0) {
    return (
      <EmptyState variant="not-found" message={t('services.none', 'No services seen yet')}>
        {t('services.none-why', 'Services appear when spans arrive.')}
      </EmptyState>
    );
  }
  const room = roomIn(width);
  const narrow = room === 'cards';
  const view = address.view === '' ? (narrow ? 'table' : 'map') : address.view;
  const listed = filterRows(rows, address);
  const { shown, page, pages } = pageOf(listed, address.page);
  const mapped = mapRows(rows, listed);
  const selected = rows.find(({ id }) => id === address.sel);
  return (
    <Stack direction="column" gap={2}>
      <Stack gap={2} wrap="wrap" alignItems="center">
        <RadioButtonGroup
          size="sm"
          aria-label={t('view.label', 'View')}
          value={view}
          options={[
            { value: 'map' as const, label: t('services.view-map', 'Map') },
            { value: 'table' as const, label: t('view.table', 'Table') },
          ]}
          onChange={(chosen) => onChange({ view: chosen })}
        />
        <Filters address={address} folded={narrow} onChange={onChange} />
      </Stack>
      {!complete && (
        <Alert severity="info" title={t('services.cut', 'There are more calls than are shown')}>
          {t('services.cut-why', 'The busiest are shown.')}
        </Alert>
      )}
      {view === 'map' && (
        <Stack direction="column" gap={1}>
          <Text color="secondary">{mapText(mapped.length, rows.length)}</Text>
          {mapped.length > 0 && (
            <Suspense fallback={<div style={{ height: mapHeight(mapped.length) }} />}>
              <ServiceMap rows={mapped} />
            </Suspense>
          )}
        </Stack>
      )}
      {listed.length === 0 ? (
        <NothingMatches
          message={t('services.no-match', 'No services match these filters')}
          onClear={() => onChange(defaults)}
        />
      ) : (
        <div data-testid={testIds.services.list}>
          <ServiceTable rows={shown} room={room} onOpen={open} />
          <ListFooter
            text={showing(shown.length, listed.length)}
            page={page}
            pages={pages}
            onPage={(to) => onChange({ page: to })}
          />
        </div>
      )}
      {selected !== undefined && <ServiceDrawer row={selected} onClose={() => onChange({ sel: '' })} />}
    </Stack>
  );
}

function Filters({ address, folded, onChange }: Pick<Props, 'address' | 'onChange'> & { readonly folded: boolean }) {
  return (
    <FilterBar
      search={address.q}
      onSearch={(q) => onChange({ q })}
      count={address.health === 'all' ? 0 : 1}
      folded={folded}
      onReset={() => onChange(defaults)}
    >
      <ChoiceFilter
        label={t('services.health', 'Health')}
        width={26}
        value={address.health}
        options={[
          ['all', t('services.health-any', 'Health: all')],
          ['anomalous', t('services.health-anomalous', 'Health: anomalous')],
          ['normal', t('services.health-normal', 'Health: normal')],
          ['remote', t('services.health-remote', 'Health: seen by callers only')],
        ]}
        onChange={(health) => onChange({ health })}
      />
    </FilterBar>
  );
}

function mapText(shown: number, all: number): string {
  const counts = { shown: formatCount(shown), all: formatCount(all), interpolation: unescaped };
  if (shown === 0) {
    return t('services.map-too-many', '{{all}} services are too many for a map. Search for one.', counts);
  }
  return shown === all
    ? t('services.map-all', 'All {{all}} services.', counts)
    : t('services.map-part', 'Some services and one hop around them: {{shown}} of {{all}}.', counts);
}

import { t } from '@grafana/i18n';
import { Badge, Button, type Column, InteractiveTable, Text } from '@grafana/ui';
import { css } from '@emotion/css';
import { useMemo } from 'react';
import { unescaped } from '../../app/unescaped';
import { Cards } from '../../components/Cards';
import { Figure } from '../../components/Figure';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';
import { formatCount } from '../../grafana/format-value';
import { callColumns } from './call-columns';
import type { ServiceRow } from './service-rows';
import { callsText, healthLooks, healthWord, noData } from './service-words';

interface Props {
  readonly rows: readonly ServiceRow[];
  /** Room for a table, and in it for all columns. */
  readonly room: 'cards' | 'table' | 'wide';
  readonly onOpen: (id: string) => void;
}

/** One page of services. Every fact of the map is here too. */
export function ServiceTable({ rows, room, onOpen }: Props) {
  const columns = useMemo(() => makeColumns(room === 'wide', onOpen), [room, onOpen]);
  const data = useMemo(() => [...rows], [rows]);
  if (room !== 'cards') {
    return <InteractiveTable<ServiceRow> columns={columns} data={data} getRowId={({ id }) => id} />;
  }
  return (
    <Cards label={t('services.title', 'Services')} items={rows} idOf={({ id }) => id}>
      {(row) => (
        <>
          <HealthBadge row={row} />
          <Name row={row} onOpen={onOpen} />
          <Text color="secondary" variant="bodySmall">
            {callsText(row)}
          </Text>
        </>
      )}
    </Cards>
  );
}

function makeColumns(wide: boolean, onOpen: Props['onOpen']): Array<Column<ServiceRow>> {
  return [
    {
      id: 'service',
      header: t('services.service', 'Service'),
      cell: ({ row: { original } }) => <Name row={original} onOpen={onOpen} />,
    },
    {
      id: 'environment',
      header: t('services.environment', 'Environment'),
      visible: () => wide,
      cell: ({ row: { original } }) => cut(original.environment, 40),
    },
    {
      id: 'health',
      header: t('services.health', 'Health'),
      disableGrow: true,
      cell: ({ row: { original } }) => <HealthBadge row={original} />,
    },
    ...callColumns<ServiceRow>(),
    {
      id: 'incidents',
      header: t('services.incidents', 'Incidents'),
      disableGrow: true,
      visible: () => wide,
      cell: ({ row: { original } }) => <Figure text={formatCount(original.incidents.length)} />,
    },
    {
      id: 'last',
      header: t('services.last-call', 'Last call'),
      minWidth: 210,
      disableGrow: true,
      visible: () => wide,
      cell: ({ row: { original } }) =>
        original.lastMs === undefined ? noData() : <TimeOf timeMs={original.lastMs} oneLine />,
    },
  ];
}

function Name({ row, onOpen }: { readonly row: ServiceRow; readonly onOpen: Props['onOpen'] }) {
  const label = t('services.open', 'Calls of {{service}}', { service: row.service, interpolation: unescaped });
  return (
    <Button fill="text" size="sm" className={plain} aria-label={label} onClick={() => onOpen(row.id)}>
      {cut(row.service)}
    </Button>
  );
}

function HealthBadge({ row: { health } }: { readonly row: ServiceRow }) {
  return (
    <span>
      <Badge text={healthWord(health)} {...healthLooks[health]} />
    </span>
  );
}

/** In line with what stands above it. */
const plain = css({ paddingLeft: 0, paddingRight: 0, fontSize: 'inherit' });

import { t } from '@grafana/i18n';
import { Badge, type Column, InteractiveTable, Text } from '@grafana/ui';
import { css } from '@emotion/css';
import { useMemo } from 'react';
import type { CoverageEntry } from '../../api/coverage';
import { unescaped } from '../../app/unescaped';
import { Cards } from '../../components/Cards';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';
import { soon } from '../../grafana/format-time';
import { stateLooks, stateWord, tierWord } from './coverage-words';

interface Props {
  readonly entries: readonly CoverageEntry[];
  /** Room for a table, and in it for all columns. */
  readonly room: 'cards' | 'table' | 'wide';
}

/** One page of series: what, in which state, why, and since or until when. */
export function CoverageRows({ entries, room }: Props) {
  const columns = useMemo(() => makeColumns(room === 'wide'), [room]);
  const data = useMemo(() => [...entries], [entries]);
  return room === 'cards' ? (
    <SeriesCards entries={entries} />
  ) : (
    <InteractiveTable<CoverageEntry> columns={columns} data={data} getRowId={({ seriesId }) => seriesId} />
  );
}

function SeriesCards({ entries }: Pick<Props, 'entries'>) {
  return (
    <Cards label={t('coverage.series', 'Series')} items={entries} idOf={({ seriesId }) => seriesId}>
      {(entry) => (
        <>
          <StateOf entry={entry} />
          <span>{cut(entry.title)}</span>
          <Tier entry={entry} />
          <Text color="secondary" variant="bodySmall">
            {entry.why}
          </Text>
          <Text color="secondary" variant="bodySmall">
            <When entry={entry} />
          </Text>
        </>
      )}
    </Cards>
  );
}

function makeColumns(wide: boolean): Array<Column<CoverageEntry>> {
  return [
    {
      id: 'title',
      header: t('coverage.series', 'Series'),
      cell: ({ row: { original } }) => <span className={anywhere}>{cut(original.title)}</span>,
    },
    {
      id: 'service',
      header: t('incidents.service', 'Service'),
      visible: () => wide,
      cell: ({ row: { original } }) => cut(original.service, 40),
    },
    {
      id: 'state',
      header: t('incidents.state', 'State'),
      disableGrow: true,
      cell: ({ row: { original } }) => <StateOf entry={original} />,
    },
    {
      id: 'tier',
      header: t('coverage.tier', 'Tier'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Tier entry={original} />,
    },
    { id: 'why', header: t('coverage.why', 'Why'), cell: ({ row: { original } }) => original.why },
    {
      id: 'when',
      header: t('coverage.when', 'Ready or since'),
      minWidth: 210,
      disableGrow: true,
      cell: ({ row: { original } }) => <When entry={original} />,
    },
  ];
}

function StateOf({ entry: { state } }: { readonly entry: CoverageEntry }) {
  return (
    <span>
      <Badge text={stateWord(state)} {...stateLooks[state]} />
    </span>
  );
}

/** Empty for what is not watched. */
function Tier({ entry: { tier } }: { readonly entry: CoverageEntry }) {
  return tier === undefined ? null : <span>{tierWord(tier)}</span>;
}

/** When the first score is due where it is known, otherwise how long it has been so. */
function When({ entry: { readyAtMs, sinceMs } }: { readonly entry: CoverageEntry }) {
  return readyAtMs === undefined ? (
    <TimeOf timeMs={sinceMs} />
  ) : (
    <span>{t('coverage.ready', 'Ready at {{time}}', { time: soon(readyAtMs), interpolation: unescaped })}</span>
  );
}

const anywhere = css({ overflowWrap: 'anywhere' });

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, type Column, InteractiveTable, Stack, Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { useMemo } from 'react';
import type { CoverageEntry } from '../../api/coverage';
import { unescaped } from '../../app/unescaped';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';
import { soon } from '../../grafana/format-time';
import type { CoverageState } from './coverage-address';
import { stateLooks, stateWord } from './coverage-words';

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
    <Cards entries={entries} />
  ) : (
    <InteractiveTable<CoverageEntry> columns={columns} data={data} getRowId={({ seriesId }) => seriesId} />
  );
}

function Cards({ entries }: Pick<Props, 'entries'>) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label={t('coverage.series', 'Series')}>
      {entries.map((entry) => (
        <li key={entry.seriesId} className={styles.card}>
          <Stack direction="column" gap={1}>
            <StateOf state={entry.state} />
            <span>{cut(entry.title)}</span>
            <Text color="secondary" variant="bodySmall">
              {entry.why}
            </Text>
            <Text color="secondary" variant="bodySmall">
              <When entry={entry} />
            </Text>
          </Stack>
        </li>
      ))}
    </ul>
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
      cell: ({ row: { original } }) => <StateOf state={original.state} />,
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

function StateOf({ state }: { readonly state: CoverageState }) {
  return (
    <span>
      <Badge text={stateWord(state)} {...stateLooks[state]} />
    </span>
  );
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

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  card: css({
    padding: theme.spacing(1.5),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    overflowWrap: 'anywhere',
  }),
});

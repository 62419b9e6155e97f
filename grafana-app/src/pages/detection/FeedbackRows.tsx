import { t } from '@grafana/i18n';
import { Badge, Button, type Column, InteractiveTable, Text } from '@grafana/ui';
import { css } from '@emotion/css';
import { useMemo } from 'react';
import type { Feedback } from '../../api/feedback';
import { unescaped } from '../../app/unescaped';
import { Cards } from '../../components/Cards';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';

interface Props {
  readonly feedback: readonly Feedback[];
  /** Room for a table, and in it for all columns. */
  readonly room: 'cards' | 'table' | 'wide';
  readonly onOpen: (id: string) => void;
}

/** What people said of findings, newest first, and what became of it. */
export function FeedbackRows({ feedback, room, onOpen }: Props) {
  const columns = useMemo(() => makeColumns(room === 'wide', onOpen), [room, onOpen]);
  const data = useMemo(() => [...feedback], [feedback]);
  if (feedback.length === 0) {
    return (
      <Text color="secondary">
        {t('tuning.no-feedback', 'Nobody has said yet that a finding was expected, or that something was missed.')}
      </Text>
    );
  }
  return room === 'cards' ? (
    <Cards label={t('tuning.feedback', 'Feedback')} items={feedback} idOf={({ id }) => id}>
      {(one) => (
        <>
          <StateOf feedback={one} />
          <Title feedback={one} onOpen={onOpen} />
          <Text color="secondary" variant="bodySmall">
            {saidBy(one)}
          </Text>
        </>
      )}
    </Cards>
  ) : (
    <InteractiveTable<Feedback> columns={columns} data={data} getRowId={({ id }) => id} />
  );
}

function makeColumns(wide: boolean, onOpen: Props['onOpen']): Array<Column<Feedback>> {
  return [
    {
      id: 'what',
      header: t('tuning.what', 'Finding'),
      cell: ({ row: { original } }) => <Title feedback={original} onOpen={onOpen} />,
    },
    {
      id: 'said',
      header: t('tuning.said', 'Said'),
      disableGrow: true,
      cell: ({ row: { original } }) => saidBy(original),
    },
    {
      id: 'state',
      header: t('list.state', 'State'),
      disableGrow: true,
      cell: ({ row: { original } }) => <StateOf feedback={original} />,
    },
    {
      id: 'when',
      header: t('drills.when', 'When'),
      minWidth: 210,
      disableGrow: true,
      visible: () => wide,
      cell: ({ row: { original } }) => <TimeOf timeMs={original.createdAtMs} oneLine />,
    },
  ];
}

function Title({ feedback: { id, title }, onOpen }: { readonly feedback: Feedback } & Pick<Props, 'onOpen'>) {
  const label = t('tuning.open', 'Receipt of {{title}}', { title: cut(title), interpolation: unescaped });
  return (
    <Button fill="text" className={plain} aria-label={label} onClick={() => onOpen(id)}>
      {cut(title)}
    </Button>
  );
}

function saidBy({ verdict, by }: Feedback): string {
  const who = { who: cut(by, 40), interpolation: unescaped };
  return verdict === 'expected'
    ? t('tuning.expected-by', 'Expected, {{who}}', who)
    : t('tuning.missed-by', 'Missed, {{who}}', who);
}

function StateOf({ feedback: { state, version } }: { readonly feedback: Feedback }) {
  switch (state) {
    case 'proposed':
      return <Badge color="orange" icon="question-circle" text={t('tuning.proposed', 'Open')} />;
    case 'accepted':
      return <Badge color="blue" icon="check" text={acceptedText(version)} />;
    case 'rejected':
      return <Badge color="darkgrey" icon="times" text={t('tuning.rejected', 'Rejected')} />;
  }
}

function acceptedText(version: number | undefined): string {
  return version === undefined
    ? t('tuning.accepted', 'Accepted')
    : t('tuning.accepted-as', 'Accepted, version {{version}}', { version, interpolation: unescaped });
}

const plain = css({ padding: 0, height: 'auto', textAlign: 'left', whiteSpace: 'normal', overflowWrap: 'anywhere' });

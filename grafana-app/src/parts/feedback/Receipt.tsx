import { t } from '@grafana/i18n';
import { Button, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { decideFeedback, type Feedback } from '../../api/feedback';
import { unescaped } from '../../app/unescaped';
import type { Commands } from '../../app/use-commands';
import { cut } from '../../components/timeline/describe-mark';
import { canChangeDetection, canGiveFeedback } from '../../grafana/allowed';
import { clock } from '../../grafana/format-time';
import type { Measured } from '../../grafana/format-value';
import { Accepted } from './Accepted';
import { EditRule } from './EditRule';
import { effectWords, limitWords } from './effect-words';
import { ruleWords, scopeWords } from './rule-words';

interface Props {
  readonly feedback: Feedback;
  /** Undefined where it is no longer known. */
  readonly series: Measured | undefined;
  readonly commands: Commands;
}

/** What somebody's opinion would change, what that would have done, and who decided. */
export function Receipt({ feedback, series, commands }: Props) {
  const { rule, effect, why } = feedback;
  const changes = ruleWords(rule, series);
  const limits = limitWords(effect);
  return (
    <Stack direction="column" gap={1}>
      <Text color="secondary">{givenBy(feedback)}</Text>
      {changes.length === 0 ? (
        <Text>{t('receipt.none', 'No safe change found. The answer is kept.')}</Text>
      ) : (
        <>
          <Text weight="medium">{t('receipt.proposed', 'Proposed change')}</Text>
          <Text>{[...changes, scopeWords(rule)].join(' ')}</Text>
          <Text color="secondary">{cut(why, 400)}</Text>
          <Text>
            {effectWords(effect) ?? t('receipt.no-scores', 'No scores are stored that would show its effect.')}
          </Text>
          {limits !== '' && <Text color="secondary">{limits}</Text>}
          <Decision feedback={feedback} series={series} commands={commands} />
        </>
      )}
    </Stack>
  );
}

function Decision({ feedback, series, commands }: Props) {
  const { id, state } = feedback;
  const [editing, setEditing] = useState(false);
  const mayChange = canChangeDetection();
  if (state === 'rejected') {
    return <Text>{t('receipt.rejected', 'Nothing was changed. The answer is kept.')}</Text>;
  }
  if (state === 'accepted') {
    return <Accepted feedback={feedback} commands={commands} />;
  }
  if (editing) {
    return <EditRule feedback={feedback} series={series} commands={commands} onClose={() => setEditing(false)} />;
  }
  const edit = canGiveFeedback() && (
    <Button size="sm" variant="secondary" disabled={commands.busy} onClick={() => setEditing(true)}>
      {t('receipt.edit', 'Edit')}
    </Button>
  );
  return mayChange ? (
    <Stack gap={1}>
      <Button size="sm" disabled={commands.busy} onClick={() => void commands.run(() => decideFeedback(id, 'accept'))}>
        {t('receipt.accept', 'Accept change')}
      </Button>
      {edit}
      <Button
        size="sm"
        variant="secondary"
        disabled={commands.busy}
        onClick={() => void commands.run(() => decideFeedback(id, 'reject'))}
      >
        {t('receipt.reject', 'Reject')}
      </Button>
    </Stack>
  ) : (
    <Stack gap={1} alignItems="center">
      <Text color="secondary">{t('receipt.waits', 'An operator decides about it.')}</Text>
      {edit}
    </Stack>
  );
}

function givenBy({ verdict, by, createdAtMs }: Feedback): string {
  const values = { who: cut(by), clock: clock(createdAtMs), interpolation: unescaped };
  return verdict === 'expected'
    ? t('receipt.by', 'Expected by {{who}}, {{clock}}', values)
    : t('receipt.missed-by', 'Missed, says {{who}}, {{clock}}', values);
}

import { t } from '@grafana/i18n';
import { Button, Checkbox, Field, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import { useId, useState } from 'react';
import { editRule, type Feedback } from '../../api/feedback';
import type { Commands } from '../../app/use-commands';
import type { Measured } from '../../grafana/format-value';
import { draftOf, isFit, ruleOf } from './rule-draft';
import { changeUnit } from './rule-words';

interface Props {
  readonly feedback: Feedback;
  readonly series: Measured | undefined;
  readonly commands: Commands;
  readonly onClose: () => void;
}

/** Another rule in place of the proposed one. It is only proposed too: what it would have done is worked out anew. */
export function EditRule({ feedback: { id, rule }, series, commands, onClose }: Props) {
  const [draft, setDraft] = useState(() => draftOf(rule));
  const field = useId();

  async function save() {
    if (await commands.run(() => editRule(id, ruleOf(rule, draft)))) {
      onClose();
    }
  }

  return (
    <Stack direction="column" gap={1}>
      <Field label={t('rule.edit-threshold', 'Score that makes a notice')} htmlFor={`${field}-threshold`} noMargin>
        <Input
          id={`${field}-threshold`}
          type="number"
          min={0.1}
          max={1000}
          step={0.1}
          width={16}
          value={draft.threshold}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, threshold: value })}
        />
      </Field>
      <Field label={t('rule.edit-change', 'Smallest change that is news')} htmlFor={`${field}-change`} noMargin>
        <Input
          id={`${field}-change`}
          type="number"
          min={0}
          width={16}
          value={draft.minimumChange}
          suffix={changeUnit(rule, series)}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, minimumChange: value })}
        />
      </Field>
      <Field label={t('rule.edit-direction', 'Direction that is news')} noMargin>
        <RadioButtonGroup
          value={draft.direction}
          options={[
            { value: 'both' as const, label: t('rule.both', 'Both') },
            { value: 'up' as const, label: t('rule.rise', 'Rise') },
            { value: 'down' as const, label: t('rule.fall', 'Fall') },
          ]}
          onChange={(direction) => setDraft({ ...draft, direction })}
        />
      </Field>
      {rule.window !== undefined && (
        <Checkbox
          label={t('rule.edit-window', 'Only at the times that were proposed')}
          value={draft.inWindow}
          onChange={({ currentTarget: { checked } }) => setDraft({ ...draft, inWindow: checked })}
        />
      )}
      <Stack gap={1}>
        <Button size="sm" disabled={commands.busy || !isFit(draft)} onClick={() => void save()}>
          {t('rule.edit-save', 'Show its effect')}
        </Button>
        <Button size="sm" variant="secondary" onClick={onClose}>
          {t('dialog.cancel', 'Cancel')}
        </Button>
      </Stack>
    </Stack>
  );
}

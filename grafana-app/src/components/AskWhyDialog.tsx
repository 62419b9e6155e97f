import { t } from '@grafana/i18n';
import { Field, Stack, TextArea } from '@grafana/ui';
import { type ReactNode, useId, useState } from 'react';
import { AskDialog } from './AskDialog';

interface Props {
  readonly title: string;
  /** Says what is done, not "OK". */
  readonly act: string;
  readonly isReasonNeeded: boolean;
  /** Characters. */
  readonly longest: number;
  /** What follows from it. */
  readonly children?: ReactNode;
  readonly onAct: (reason: string) => void;
  readonly onDismiss: () => void;
}

/** Asks why before something is done: whoever reads about it later will ask the same. */
export function AskWhyDialog({ title, act, isReasonNeeded, longest, children, onAct, onDismiss }: Props) {
  const [reason, setReason] = useState('');
  const field = useId();
  return (
    <AskDialog
      title={title}
      act={act}
      canAct={!isReasonNeeded || reason.trim() !== ''}
      onAct={() => onAct(reason.trim())}
      onDismiss={onDismiss}
    >
      <Stack direction="column" gap={2}>
        {children}
        <Field label={t('incident.reason', 'Reason')} htmlFor={field} required={isReasonNeeded} noMargin>
          <TextArea
            id={field}
            rows={3}
            maxLength={longest}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </Field>
      </Stack>
    </AskDialog>
  );
}

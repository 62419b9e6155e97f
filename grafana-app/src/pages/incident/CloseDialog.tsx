import { t } from '@grafana/i18n';
import { Field, TextArea } from '@grafana/ui';
import { useId, useState } from 'react';
import { unescaped } from '../../app/unescaped';
import { AskDialog } from '../../components/AskDialog';

interface Props {
  readonly id: string;
  /** Anomalies that go on. */
  readonly firing: number;
  readonly onClose: (reason: string) => void;
  readonly onDismiss: () => void;
}

/** Closing what still fires asks why: whoever reads the timeline later will ask the same. */
export function CloseDialog({ id, firing, onClose, onDismiss }: Props) {
  const [reason, setReason] = useState('');
  const field = useId();
  const title = t('incident.close-while', '', {
    id,
    count: firing,
    interpolation: unescaped,
    defaultValue_one: 'Close incident {{id}} while {{count}} anomaly continues?',
    defaultValue_other: 'Close incident {{id}} while {{count}} anomalies continue?',
  });
  return (
    <AskDialog
      title={title}
      act={t('incident.close-anyway', 'Close anyway')}
      canAct={reason.trim() !== ''}
      onAct={() => onClose(reason.trim())}
      onDismiss={onDismiss}
    >
      <Field label={t('incident.reason', 'Reason')} htmlFor={field} required noMargin>
        <TextArea id={field} rows={3} value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value)} />
      </Field>
    </AskDialog>
  );
}

import { t } from '@grafana/i18n';
import { Button, Field, Modal, TextArea } from '@grafana/ui';
import { useId, useState } from 'react';
import { unescaped } from '../../app/unescaped';
import { OwnPart } from '../../components/OwnPart';

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
    <Modal title={title} isOpen onDismiss={onDismiss}>
      <OwnPart>
        <Field label={t('incident.reason', 'Reason')} htmlFor={field} required noMargin>
          <TextArea
            id={field}
            rows={3}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </Field>
        <Modal.ButtonRow>
          <Button variant="secondary" fill="outline" onClick={onDismiss}>
            {t('incident.cancel', 'Cancel')}
          </Button>
          <Button disabled={reason.trim() === ''} onClick={() => onClose(reason.trim())}>
            {t('incident.close-anyway', 'Close anyway')}
          </Button>
        </Modal.ButtonRow>
      </OwnPart>
    </Modal>
  );
}

import { t } from '@grafana/i18n';
import { unescaped } from '../../app/unescaped';
import { AskWhyDialog } from '../../components/AskWhyDialog';

const LONGEST_REASON = 1000;

interface Props {
  readonly id: string;
  /** Anomalies that go on. */
  readonly firing: number;
  readonly onClose: (reason: string) => void;
  readonly onDismiss: () => void;
}

/** Closing what still fires asks why. */
export function CloseDialog({ id, firing, onClose, onDismiss }: Props) {
  const title = t('incident.close-while', '', {
    id,
    count: firing,
    interpolation: unescaped,
    defaultValue_one: 'Close incident {{id}} while {{count}} anomaly continues?',
    defaultValue_other: 'Close incident {{id}} while {{count}} anomalies continue?',
  });
  return (
    <AskWhyDialog
      title={title}
      act={t('incident.close-anyway', 'Close anyway')}
      isReasonNeeded
      longest={LONGEST_REASON}
      onAct={onClose}
      onDismiss={onDismiss}
    />
  );
}

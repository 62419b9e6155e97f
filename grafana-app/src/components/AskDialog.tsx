import { t } from '@grafana/i18n';
import { Button, Modal } from '@grafana/ui';
import type { ReactNode } from 'react';
import { OwnPart } from './OwnPart';

interface Props {
  readonly title: string;
  /** What is to be decided. */
  readonly children: ReactNode;
  /** Says what is done, not "OK". */
  readonly act: string;
  readonly canAct: boolean;
  readonly onAct: () => void;
  readonly onDismiss: () => void;
}

/** The first field. On the close button, which stands before it, a space typed into the dialog would dismiss it. */
const FIRST_FIELD = 1;

/** Asks before something is done. */
export function AskDialog({ title, children, act, canAct, onAct, onDismiss }: Props) {
  return (
    <Modal title={title} isOpen onDismiss={onDismiss} initialFocus={FIRST_FIELD}>
      <OwnPart>
        {children}
        <Modal.ButtonRow>
          <Button variant="secondary" fill="outline" onClick={onDismiss}>
            {t('dialog.cancel', 'Cancel')}
          </Button>
          <Button disabled={!canAct} onClick={onAct}>
            {act}
          </Button>
        </Modal.ButtonRow>
      </OwnPart>
    </Modal>
  );
}

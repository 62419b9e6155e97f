import { t } from '@grafana/i18n';
import { Button, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { commandIncident, type IncidentCommand, type IncidentDetail } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import type { Commands } from '../../app/use-commands';
import { cut } from '../../components/timeline/describe-mark';
import { canWorkOnIncidents } from '../../grafana/allowed';
import { CloseDialog } from './CloseDialog';
import { IncidentMenu } from './IncidentMenu';
import { noteFieldId } from './Notes';

interface Props {
  readonly detail: IncidentDetail;
  /** The sidecar does not answer: nothing can be changed. */
  readonly stale: boolean;
  readonly commands: Commands;
}

/** What may be done in the incident's state, by whoever looks at it. */
export function IncidentActions(props: Props) {
  return (
    <Stack gap={1} alignItems="center" wrap="wrap">
      {canWorkOnIncidents() && <Buttons {...props} />}
      <IncidentMenu {...props} />
    </Stack>
  );
}

function Buttons({ detail: { incident, allowed }, stale, commands }: Props) {
  const [closing, setClosing] = useState(false);
  const { id, firing } = incident;
  const run = (command: IncidentCommand) => commands.run(() => commandIncident(id, command));
  const refusal = stale ? t('incident.stale', 'Not available until the sidecar answers.') : undefined;
  const common = { disabled: stale || commands.busy, ...(refusal === undefined ? {} : { tooltip: refusal }) };

  function close() {
    if (firing > 0) {
      setClosing(true);
    } else {
      void run({ kind: 'close', reason: '' });
    }
  }

  return (
    <>
      {allowed.includes('acknowledge') ? (
        <Button {...common} onClick={() => void run({ kind: 'acknowledge' })}>
          {t('incident.acknowledge', 'Acknowledge')}
        </Button>
      ) : (
        incident.state === 'acknowledged' && <Text color="secondary">{acknowledgedBy(incident.owner)}</Text>
      )}
      {allowed.includes('close') && (
        <Button {...common} variant="secondary" onClick={close}>
          {t('incident.close', 'Close')}
        </Button>
      )}
      <Button variant="secondary" onClick={() => document.getElementById(noteFieldId)?.focus()}>
        {t('incident.add-note', 'Add note')}
      </Button>
      {closing && (
        <CloseDialog
          id={id}
          firing={firing}
          onDismiss={() => setClosing(false)}
          onClose={(reason) => {
            setClosing(false);
            void run({ kind: 'close', reason });
          }}
        />
      )}
    </>
  );
}

/** Text in the button's place, never another button: a double click must not close. */
function acknowledgedBy(owner: string): string {
  return owner === ''
    ? t('incident.acknowledged', 'Acknowledged')
    : t('incident.acknowledged-by', 'Acknowledged, {{owner}}', { owner: cut(owner), interpolation: unescaped });
}

import { t } from '@grafana/i18n';
import { Button, Dropdown, Menu, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { commandIncident, type IncidentCommand, type IncidentDetail } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import { cut } from '../../components/timeline/describe-mark';
import { canWorkOnIncidents } from '../../grafana/permissions';
import { CloseDialog } from './CloseDialog';
import { noteFieldId } from './Notes';
import type { Commands } from './use-commands';

interface Props {
  readonly detail: IncidentDetail;
  /** The sidecar does not answer: nothing can be changed. */
  readonly stale: boolean;
  readonly commands: Commands;
}

/** What may be done in the incident's state; for those who may do it. */
export function IncidentActions({ detail: { incident, allowed }, stale, commands }: Props) {
  const [closing, setClosing] = useState(false);
  if (!canWorkOnIncidents()) {
    return null;
  }
  const { id, firing } = incident;
  const run = (command: IncidentCommand) => commands.run(() => commandIncident(id, command));
  const refusal = stale ? t('incident.stale', 'Not available until the sidecar answers.') : undefined;
  const common = { disabled: stale || commands.busy, ...(refusal === undefined ? {} : { tooltip: refusal }) };
  const may = (kind: IncidentCommand['kind']) => allowed.includes(kind);

  function close() {
    if (firing > 0) {
      setClosing(true);
    } else {
      void run({ kind: 'close', reason: '' });
    }
  }

  return (
    <Stack gap={1} alignItems="center" wrap="wrap">
      {may('acknowledge') ? (
        <Button {...common} onClick={() => void run({ kind: 'acknowledge' })}>
          {t('incident.acknowledge', 'Acknowledge')}
        </Button>
      ) : (
        incident.state === 'acknowledged' && <Text color="secondary">{acknowledgedBy(incident.owner)}</Text>
      )}
      {may('close') && (
        <Button {...common} variant="secondary" onClick={close}>
          {t('incident.close', 'Close')}
        </Button>
      )}
      <Button variant="secondary" onClick={() => document.getElementById(noteFieldId)?.focus()}>
        {t('incident.add-note', 'Add note')}
      </Button>
      <Dropdown
        overlay={
          <Menu>
            {may('mitigate') && (
              <Menu.Item
                label={t('incident.mitigate', 'Mark mitigated')}
                disabled={stale}
                onClick={() => void run({ kind: 'mitigate' })}
              />
            )}
            {may('reopen') && (
              <Menu.Item
                label={t('incident.reopen', 'Reopen')}
                disabled={stale}
                onClick={() => void run({ kind: 'reopen', reason: '' })}
              />
            )}
            <Menu.Item
              label={t('incident.copy-link', 'Copy link')}
              onClick={() => void navigator.clipboard.writeText(location.href)}
            />
          </Menu>
        }
      >
        <Button variant="secondary" icon="ellipsis-v" aria-label={t('incident.more', 'More actions')} />
      </Dropdown>
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
    </Stack>
  );
}

/** Text in the button's place, never another button: a double click must not close. */
function acknowledgedBy(owner: string): string {
  return owner === ''
    ? t('incident.acknowledged', 'Acknowledged')
    : t('incident.acknowledged-by', 'Acknowledged, {{owner}}', { owner: cut(owner), interpolation: unescaped });
}

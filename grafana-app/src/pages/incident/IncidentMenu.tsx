import { t } from '@grafana/i18n';
import { Button, Dropdown, Menu } from '@grafana/ui';
import { useState } from 'react';
import { commandIncident, type IncidentCommand, type IncidentDetail, mergeIncidents } from '../../api/incidents';
import type { Commands } from '../../app/use-commands';
import { canWorkOnIncidents } from '../../grafana/allowed';
import { MergeIntoDialog } from './MergeIntoDialog';
import { ReportDialog } from './ReportDialog';

interface Props {
  readonly detail: IncidentDetail;
  readonly stale: boolean;
  readonly commands: Commands;
}

/** What is done more rarely. Who may only read has the report and the link. */
export function IncidentMenu({ detail: { incident, allowed }, stale, commands }: Props) {
  const [dialog, setDialog] = useState<'merge' | 'report'>();
  const { id } = incident;
  const mayWork = canWorkOnIncidents();
  const may = (kind: IncidentCommand['kind']) => mayWork && allowed.includes(kind);
  const mergeable = mayWork && incident.state !== 'closed' && incident.mergedInto === '';
  const run = (command: IncidentCommand) => void commands.run(() => commandIncident(id, command));
  const done = () => setDialog(undefined);
  return (
    <>
      <Dropdown
        overlay={
          <Menu>
            {may('mitigate') && (
              <Menu.Item
                label={t('incident.mitigate', 'Mark mitigated')}
                disabled={stale}
                onClick={() => run({ kind: 'mitigate' })}
              />
            )}
            {may('reopen') && (
              <Menu.Item
                label={t('incident.reopen', 'Reopen')}
                disabled={stale}
                onClick={() => run({ kind: 'reopen', reason: '' })}
              />
            )}
            {mergeable && (
              <Menu.Item
                label={t('incident.merge-into-other', 'Merge into another incident')}
                disabled={stale}
                onClick={() => setDialog('merge')}
              />
            )}
            <Menu.Item label={t('incident.report', 'Report')} onClick={() => setDialog('report')} />
            <Menu.Item
              label={t('incident.copy-link', 'Copy link')}
              onClick={() => void navigator.clipboard.writeText(location.href)}
            />
          </Menu>
        }
      >
        <Button variant="secondary" icon="ellipsis-v" aria-label={t('incident.more', 'More actions')} />
      </Dropdown>
      {dialog === 'merge' && (
        <MergeIntoDialog
          id={id}
          onDismiss={done}
          onMerge={(into) => {
            done();
            void commands.run(() => mergeIncidents(into, [id]));
          }}
        />
      )}
      {dialog === 'report' && <ReportDialog id={id} onDismiss={done} />}
    </>
  );
}

import { t } from '@grafana/i18n';
import { Button, Stack, Text } from '@grafana/ui';
import { config } from '@grafana/runtime';
import { commandIncident, type IncidentSummary } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import { StateBadge } from '../../components/StateBadge';
import { SeverityBadge } from '../../components/SeverityBadge';
import { cut } from '../../components/timeline/describe-mark';
import { canWorkOnIncidents } from '../../grafana/allowed';
import type { Commands } from '../../app/use-commands';

interface Props {
  readonly incident: IncidentSummary;
  readonly stale: boolean;
  readonly commands: Commands;
}

/** How bad, in which state, and who is on it. */
export function IncidentHead({ incident: { id, severity, state, owner, demoted }, stale, commands }: Props) {
  const me = config.bootData.user.login;
  const assign = () => void commands.run(() => commandIncident(id, { kind: 'assign', owner: me }));
  return (
    <Stack direction="column" gap={1}>
      <Stack gap={2} alignItems="center" wrap="wrap">
        <SeverityBadge severity={severity} />
        <StateBadge state={state} />
        <Text color="secondary">{t('incident.numbered', 'Incident {{id}}', { id, interpolation: unescaped })}</Text>
        <span>
          {t('incident.owner-is', 'Owner: {{owner}}', {
            owner: owner === '' ? t('incident.nobody', 'nobody') : cut(owner),
            interpolation: unescaped,
          })}
        </span>
        {canWorkOnIncidents() && me !== '' && owner !== me && state !== 'closed' && (
          <Button size="sm" variant="secondary" fill="outline" disabled={stale || commands.busy} onClick={assign}>
            {t('incident.assign-to-me', 'Assign to me')}
          </Button>
        )}
      </Stack>
      {demoted !== '' && (
        <Text color="secondary">
          {t('incident.demoted', 'Demoted: {{why}} It returns to the list when it gets worse.', {
            why: cut(demoted),
            interpolation: unescaped,
          })}
        </Text>
      )}
    </Stack>
  );
}

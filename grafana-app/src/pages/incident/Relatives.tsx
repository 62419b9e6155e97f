import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Stack, TextLink } from '@grafana/ui';
import { splitIncident } from '../../api/incidents';
import { incidentPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import type { Commands } from '../../app/use-commands';
import { cut } from '../../components/timeline/describe-mark';
import { canWorkOnIncidents } from '../../grafana/allowed';
import { clock } from '../../grafana/format-time';
import type { Left, Merged, Story } from './story';

interface Props {
  readonly id: string;
  readonly story: Story;
  readonly stale: boolean;
  readonly commands: Commands;
}

/** Where anomalies of this incident came from and went to. Links to an incident that was merged keep working: they lead on. */
export function Relatives({ id, story, stale, commands }: Props) {
  const mayWork = canWorkOnIncidents();
  return (
    <>
      {story.left.map((one) => (
        <Alert key={`${one.kind} ${one.into}`} severity="info" title={leftTitle(one)}>
          <Stack gap={1} wrap="wrap">
            <span>{byAt(one)}</span>
            <TextLink href={locationUtil.assureBaseUrl(incidentPath(one.into))}>
              {t('incident.numbered', 'Incident {{id}}', { id: one.into, interpolation: unescaped })}
            </TextLink>
          </Stack>
        </Alert>
      ))}
      {story.merged
        .filter(({ anomalyIds }) => anomalyIds.length > 0)
        .map((one) => (
          <Alert key={one.from} severity="info" title={mergedTitle(one)}>
            <Stack gap={1} wrap="wrap" alignItems="center">
              <span>{byAt(one)}</span>
              {/* Something must stay. */}
              {mayWork && story.anomalies.length > one.anomalyIds.length && (
                <Button
                  size="sm"
                  variant="secondary"
                  disabled={stale || commands.busy}
                  onClick={() => void commands.run(() => splitIncident(id, one.anomalyIds))}
                >
                  {t('incident.split-again', 'Split again')}
                </Button>
              )}
            </Stack>
          </Alert>
        ))}
    </>
  );
}

function leftTitle({ kind, into }: Left): string {
  return kind === 'merged-into'
    ? t('incident.merged-away', 'This incident was merged into another one')
    : t('incident.split-off', 'Incident {{id}} was split from this one', { id: into, interpolation: unescaped });
}

function mergedTitle({ from }: Merged): string {
  return t('incident.merged-here', 'Incident {{id}} was merged into this one', { id: from, interpolation: unescaped });
}

function byAt({ actor, atMs }: Left | Merged): string {
  return actor === ''
    ? t('incident.at', 'At {{clock}}.', { clock: clock(atMs), interpolation: unescaped })
    : t('incident.by-at', 'By {{who}} at {{clock}}.', {
        who: cut(actor),
        clock: clock(atMs),
        interpolation: unescaped,
      });
}

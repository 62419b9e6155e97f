import { t } from '@grafana/i18n';
import { Alert, Button, EmptyState, LinkButton, Stack } from '@grafana/ui';
import { locationUtil } from '@grafana/data';
import type { Status } from '../../api/status';
import { coveragePath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { soon, timeAgo } from '../../grafana/format-time';
import { formatCount, formatDuration } from '../../grafana/format-value';
import { canReadDetection } from '../../grafana/permissions';
import type { WhyEmpty } from './why-empty';

interface Props {
  readonly why: WhyEmpty;
  readonly status: Status;
  readonly onShowClosed: () => void;
}

/** An empty list says what was watched: all well, still learning, or nothing arriving at all. */
export function EmptyList({ why, status, onShowClosed }: Props) {
  switch (why.kind) {
    case 'silent':
      return <Silent sinceMs={why.sinceMs} />;
    case 'learning':
      return (
        <EmptyState variant="call-to-action" message={t('incidents.learning', 'Learning')} button={<ToCoverage />}>
          {why.readyAtMs === undefined
            ? t('incidents.learning-unknown', 'When first scores are due is not known yet.')
            : t('incidents.learning-until', 'First scores are due at {{time}}.', {
                time: soon(why.readyAtMs),
                interpolation: unescaped,
              })}
        </EmptyState>
      );
    case 'quiet':
      return (
        <EmptyState
          variant="completed"
          message={t('incidents.none-open', 'No open incidents')}
          button={
            <Stack gap={1} justifyContent="center">
              <ToCoverage />
              <Button variant="secondary" onClick={onShowClosed}>
                {t('incidents.show-closed', 'Show closed')}
              </Button>
            </Stack>
          }
        >
          {[lastClosed(why.lastClosedMs), watched(status)].filter((text) => text !== '').join(' ')}
        </EmptyState>
      );
  }
}

function Silent({ sinceMs }: { readonly sinceMs: number | undefined }) {
  const title =
    sinceMs === undefined
      ? t('incidents.no-telemetry-yet', 'No telemetry yet')
      : t('incidents.no-telemetry', 'No telemetry for {{duration}}', {
          duration: formatDuration(sinceMs),
          interpolation: unescaped,
        });
  return (
    <Alert severity="warning" title={title}>
      <Stack direction="column" gap={1} alignItems="flex-start">
        {t('incidents.no-telemetry-text', 'No incident can be found while nothing arrives.')}
        <ToCoverage />
      </Stack>
    </Alert>
  );
}

/** What is watched and what is not, for those who may read it. */
function ToCoverage() {
  return canReadDetection() ? (
    <LinkButton variant="secondary" href={locationUtil.assureBaseUrl(coveragePath)}>
      {t('incidents.coverage', 'Coverage')}
    </LinkButton>
  ) : null;
}

function lastClosed(timeMs: number | undefined): string {
  return timeMs === undefined
    ? ''
    : t('incidents.last-closed', 'Last one closed {{ago}}.', { ago: timeAgo(timeMs), interpolation: unescaped });
}

function watched({ coverage: { scored, learning, evicted, unsuitable } }: Status): string {
  return t('incidents.watched', '{{scored}} series are scored, {{learning}} are learning, {{rest}} are not scored.', {
    scored: formatCount(scored),
    learning: formatCount(learning),
    rest: formatCount(evicted + unsuitable),
    interpolation: unescaped,
  });
}

export function NothingMatches({ onClear }: { readonly onClear: () => void }) {
  const button = (
    <Button variant="secondary" onClick={onClear}>
      {t('incidents.clear-filters', 'Clear filters')}
    </Button>
  );
  const message = t('incidents.no-match', 'No incidents match these filters');
  return <EmptyState variant="not-found" message={message} button={button} />;
}

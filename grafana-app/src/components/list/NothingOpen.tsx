import { t } from '@grafana/i18n';
import { Alert, Button, EmptyState, LinkButton, Stack } from '@grafana/ui';
import { locationUtil } from '@grafana/data';
import type { Status } from '../../api/status';
import type { WhyEmpty } from '../../api/why-empty';
import { coveragePath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { soon, timeAgo } from '../../grafana/format-time';
import { formatCount, formatDuration } from '../../grafana/format-value';
import { canReadDetection } from '../../grafana/permissions';

interface Props {
  readonly why: WhyEmpty;
  readonly status: Status;
  /** As in "No open incidents". */
  readonly message: string;
  /** When the last one closed, where it is known. */
  readonly lastClosedMs: number | undefined;
  readonly onShowClosed: () => void;
}

/** An empty list says what was watched: all well, still learning, or nothing arriving at all. */
export function NothingOpen({ why, status, message, lastClosedMs, onShowClosed }: Props) {
  switch (why.kind) {
    case 'silent':
      return <Silent sinceMs={why.sinceMs} />;
    case 'learning':
      return (
        <EmptyState variant="call-to-action" message={t('list.learning', 'Learning')} button={<ToCoverage />}>
          {why.readyAtMs === undefined
            ? t('list.learning-unknown', 'When first scores are due is not known yet.')
            : t('list.learning-until', 'First scores are due at {{time}}.', {
                time: soon(why.readyAtMs),
                interpolation: unescaped,
              })}
        </EmptyState>
      );
    case 'quiet':
      return (
        <EmptyState
          variant="completed"
          message={message}
          button={
            <Stack gap={1} justifyContent="center">
              <ToCoverage />
              <Button variant="secondary" onClick={onShowClosed}>
                {t('list.show-closed', 'Show closed')}
              </Button>
            </Stack>
          }
        >
          {[lastClosed(lastClosedMs), watched(status)].filter((text) => text !== '').join(' ')}
        </EmptyState>
      );
  }
}

function Silent({ sinceMs }: { readonly sinceMs: number | undefined }) {
  const title =
    sinceMs === undefined
      ? t('list.no-telemetry-yet', 'No telemetry yet')
      : t('list.no-telemetry', 'No telemetry for {{duration}}', {
          duration: formatDuration(sinceMs),
          interpolation: unescaped,
        });
  return (
    <Alert severity="warning" title={title}>
      <Stack direction="column" gap={1} alignItems="flex-start">
        {t('list.no-telemetry-text', 'No incident can be found while nothing arrives.')}
        <ToCoverage />
      </Stack>
    </Alert>
  );
}

/** What is watched and what is not, for those who may read it. */
function ToCoverage() {
  return canReadDetection() ? (
    <LinkButton variant="secondary" href={locationUtil.assureBaseUrl(coveragePath)}>
      {t('list.coverage', 'Coverage')}
    </LinkButton>
  ) : null;
}

function lastClosed(timeMs: number | undefined): string {
  return timeMs === undefined
    ? ''
    : t('list.last-closed', 'Last one closed {{ago}}.', { ago: timeAgo(timeMs), interpolation: unescaped });
}

function watched({ coverage: { scored, learning, evicted, unsuitable } }: Status): string {
  return t('list.watched', '{{scored}} series are scored, {{learning}} are learning, {{rest}} are not scored.', {
    scored: formatCount(scored),
    learning: formatCount(learning),
    rest: formatCount(evicted + unsuitable),
    interpolation: unescaped,
  });
}

interface NothingMatchesProps {
  /** As in "No incidents match these filters". */
  readonly message: string;
  readonly onClear: () => void;
}

export function NothingMatches({ message, onClear }: NothingMatchesProps) {
  const button = (
    <Button variant="secondary" onClick={onClear}>
      {t('list.clear-filters', 'Clear filters')}
    </Button>
  );
  return <EmptyState variant="not-found" message={message} button={button} />;
}

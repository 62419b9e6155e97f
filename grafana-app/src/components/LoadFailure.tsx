import { t } from '@grafana/i18n';
import { Alert, Button, ClipboardButton, Stack } from '@grafana/ui';
import type { ApiError } from '../api/api-error';
import { unescaped } from '../app/unescaped';
import { clock } from '../grafana/format-time';
import { cut } from './timeline/describe-mark';

interface Props {
  /** What could not be loaded, as in "Incidents could not be loaded". */
  readonly title: string;
  readonly error: ApiError;
  /** Time of the failure, or of the data that are still shown. */
  readonly atMs: number;
  /** Data of before are shown below. */
  readonly showsOld?: boolean;
  readonly onTryAgain: () => void;
}

/** In the place of what failed, and only there: why, since when, and what can be done. */
export function LoadFailure({ title, error, atMs, showsOld = false, onTryAgain }: Props) {
  const unreachable = error.kind === 'unreachable';
  const heading = unreachable ? t('state.unreachable-title', 'The sidecar cannot be reached') : title;
  return (
    <Alert severity="error" title={heading}>
      <Stack direction="column" gap={1}>
        <span>{reasonOf(error, clock(atMs), showsOld)}</span>
        <Stack gap={1}>
          <Button size="sm" variant="secondary" onClick={onTryAgain}>
            {t('state.try-again', 'Try again')}
          </Button>
          <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => detailsOf(error, atMs)}>
            {t('state.copy-details', 'Copy details')}
          </ClipboardButton>
        </Stack>
      </Stack>
    </Alert>
  );
}

function reasonOf({ kind, status, detail }: ApiError, time: string, showsOld: boolean): string {
  const values = { time, interpolation: unescaped };
  if (kind === 'token_refused') {
    return t(
      'state.token-refused',
      'The sidecar refused the token. An administrator can test it on the configuration page.',
    );
  }
  if (kind === 'refused') {
    return t('state.refused', 'The sidecar refused: {{reason}}', { reason: cut(detail), interpolation: unescaped });
  }
  if (kind !== 'unreachable' && status === 0) {
    return t('state.not-understood', 'What answered at {{time}} is not a Sentinel sidecar.', {
      time,
      interpolation: unescaped,
    });
  }
  if (kind !== 'unreachable') {
    return t('state.failed', 'The sidecar answered {{status}} at {{time}}.', {
      status,
      time,
      interpolation: unescaped,
    });
  }
  const since = t(
    'state.unreachable',
    'Grafana has had no answer since {{time}}. If services send through it, check that it runs.',
    values,
  );
  return showsOld ? `${since} ${t('state.shows-old', 'The page shows data from {{time}}.', values)}` : since;
}

/** For a ticket: what was asked cannot be seen in it, where to look in the log can. */
function detailsOf({ kind, status, detail, requestId = '-' }: ApiError, atMs: number): string {
  return `${new Date(atMs).toISOString()} ${kind} status=${status} request=${requestId} ${detail}`;
}

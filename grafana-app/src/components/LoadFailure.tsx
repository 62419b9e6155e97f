import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Stack } from '@grafana/ui';
import type { ApiError } from '../api/api-error';

interface Props {
  /** What could not be loaded, as in "Incidents could not be loaded". */
  readonly title: string;
  /** The permission and noun that a forbidden answer lacks. */
  readonly noun: string;
  readonly permission: string;
  readonly error: ApiError;
  readonly atMs: number;
  readonly onTryAgain: () => void;
}

/** In the place of what failed, and only there: why, since when, and what can be done. */
export function LoadFailure({ title, noun, permission, error, atMs, onTryAgain }: Props) {
  if (error.kind === 'forbidden') {
    const text = t(
      'state.forbidden',
      'This needs the permission {{permission}}. Ask an administrator of this Grafana.',
      { permission },
    );
    return (
      <Alert severity="warning" title={t('state.forbidden-title', 'You cannot view {{noun}}', { noun })}>
        {text}
      </Alert>
    );
  }
  const time = dateTimeFormat(atMs, { format: 'HH:mm:ss' });
  const unreachable = error.kind === 'unreachable';
  const heading = unreachable ? t('state.unreachable-title', 'The sidecar cannot be reached') : title;
  return (
    <Alert severity="error" title={heading}>
      <Stack direction="column" gap={1}>
        {unreachable
          ? t(
              'state.unreachable',
              'Grafana has had no answer since {{time}}. If services send through it, check that it runs.',
              { time },
            )
          : t('state.failed', 'The sidecar answered {{status}} at {{time}}.', { status: statusOf(error), time })}
        <Stack>
          <Button size="sm" variant="secondary" onClick={onTryAgain}>
            {t('state.try-again', 'Try again')}
          </Button>
        </Stack>
      </Stack>
    </Alert>
  );
}

function statusOf(error: ApiError): number {
  return error.kind === 'not_configured' ? 0 : error.status;
}

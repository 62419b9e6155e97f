import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import { unescaped } from '../app/unescaped';

interface Props {
  /** What cannot be viewed, as in "You cannot view incidents". */
  readonly noun: string;
  readonly permission: string;
}

export function Forbidden({ noun, permission }: Props) {
  const title = t('state.forbidden-title', 'You cannot view {{noun}}', { noun, interpolation: unescaped });
  return (
    <Alert severity="warning" title={title}>
      {t('state.forbidden', 'This needs the permission {{permission}}. Ask an administrator of this Grafana.', {
        permission,
        interpolation: unescaped,
      })}
    </Alert>
  );
}

import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import type { Commands } from '../app/use-commands';
import { cut } from './timeline/describe-mark';

/** Why the last change was not made. */
export function NotDone({ commands: { refused, forget } }: { readonly commands: Commands }) {
  return refused === undefined ? null : (
    <Alert severity="error" title={t('incident.not-done', 'This was not done')} onRemove={forget}>
      {cut(refused.detail)}
    </Alert>
  );
}

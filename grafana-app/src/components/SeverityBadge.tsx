import { t } from '@grafana/i18n';
import { Badge } from '@grafana/ui';

/** Severity as color, icon and word. What crossed the page border is major, what only crossed the notice border minor. */
export function SeverityBadge({ border }: { readonly border: 'page' | 'notice' }) {
  return border === 'page' ? (
    <Badge color="orange" icon="exclamation-triangle" text={t('severity.major', 'Major')} />
  ) : (
    <Badge color="blue" icon="info-circle" text={t('severity.minor', 'Minor')} />
  );
}

import { t } from '@grafana/i18n';
import { Badge } from '@grafana/ui';

export type Severity = 'critical' | 'major' | 'minor';

/** Severity as color, icon and word. */
export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  switch (severity) {
    case 'critical':
      return <Badge color="red" icon="exclamation-circle" text={t('severity.critical', 'Critical')} />;
    case 'major':
      return <Badge color="orange" icon="exclamation-triangle" text={t('severity.major', 'Major')} />;
    case 'minor':
      return <Badge color="blue" icon="info-circle" text={t('severity.minor', 'Minor')} />;
  }
}

/** What crossed the page border is major, what only crossed the notice border minor. */
export function severityOf(border: 'page' | 'notice'): Severity {
  return border === 'page' ? 'major' : 'minor';
}

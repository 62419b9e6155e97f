import { t } from '@grafana/i18n';
import type { Slo } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';

type Guarded = Pick<Slo, 'tiers' | 'minEvents' | 'minFailures' | 'status'>;

/** Why nothing is told yet though something failed; empty where there is enough to tell. */
export function fewText({ status, tiers: [fastest], minEvents, minFailures }: Guarded): string {
  if (status !== 'too_few_events' || fastest === undefined) {
    return '';
  }
  return t(
    'slo.few',
    'Too few events: {{events}} in {{window}}. Alerts wait for at least {{minEvents}} events and {{minFailures}} failures.',
    {
      events: formatCount(fastest.long.total),
      window: fastest.longWindow,
      minEvents: formatCount(minEvents),
      minFailures: formatCount(minFailures),
      interpolation: unescaped,
    },
  );
}

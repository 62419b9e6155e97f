import { t } from '@grafana/i18n';
import { unescaped } from '../../app/unescaped';
import type { TimeZone } from '@grafana/schema';
import { clock } from '../../grafana/format-time';
import { cut } from './describe-mark';
import { overlaps, type Span, type TimelineEvent } from './timeline-event';

/** What the timeline shows, for those who do not see it: how many, where, when, and which came first. */
export function summarize(events: readonly TimelineEvent[], range: Span, timeZone: TimeZone): string {
  const visible = events.filter((event) => overlaps(event, range));
  const services = new Set(visible.map(({ service }) => service).filter((service) => service !== ''));
  const howMany = t('timeline.summary-count', '', {
    count: visible.length,
    defaultValue_one: '{{count}} event',
    defaultValue_other: '{{count}} events',
  });
  const places = t('timeline.summary-services', '', {
    count: services.size,
    defaultValue_one: 'in {{count}} service',
    defaultValue_other: 'in {{count}} services',
  });
  const [from, to] = [clock(range.fromMs, timeZone), clock(range.toMs, timeZone)];
  const first = visible.reduce<TimelineEvent | undefined>(
    (earliest, event) => (earliest === undefined || event.startMs < earliest.startMs ? event : earliest),
    undefined,
  );
  const facts = t('timeline.summary', '{{howMany}} {{places}}, {{from}} to {{to}}.', {
    howMany,
    places,
    from,
    to,
    interpolation: unescaped,
  });
  return first === undefined
    ? facts
    : t('timeline.summary-first', '{{facts}} First: {{sentence}}', {
        facts,
        sentence: cut(first.sentence),
        interpolation: unescaped,
      });
}

import type { TimeZone } from '@grafana/schema';
import { t } from '@grafana/i18n';
import { unescaped } from '../../app/unescaped';
import { clock } from '../../grafana/format-time';
import type { Mark } from './marks';
import type { Span, TimelineEvent } from './timeline-event';

const longestText = 120;
const servicesNamed = 3;

/** A mark's first line: the sentence of its event, or the count of a column. Also what a screen reader speaks. */
export function describeMark(mark: Mark, timeZone: TimeZone): string {
  if (mark.event !== undefined) {
    return cut(mark.event.sentence);
  }
  const [from, to] = [clock(mark.fromMs, timeZone), clock(mark.toMs, timeZone)];
  return mark.highestScore === 0
    ? t('timeline.points', '', {
        count: mark.count,
        from,
        to,
        interpolation: unescaped,
        defaultValue_one: '{{count}} event, {{from}} to {{to}}',
        defaultValue_other: '{{count}} events, {{from}} to {{to}}',
      })
    : t('timeline.column', '', {
        count: mark.count,
        from,
        to,
        interpolation: unescaped,
        defaultValue_one: '{{count}} anomaly, {{from}} to {{to}}',
        defaultValue_other: '{{count}} anomalies, {{from}} to {{to}}',
      });
}

/** A mark's second line: when and how odd, or which services a column holds. */
export function detailMark(mark: Mark, events: readonly TimelineEvent[], timeZone: TimeZone): string {
  const score = mark.highestScore.toFixed(1);
  if (mark.event === undefined) {
    const services = nameServices(events, mark);
    return mark.highestScore === 0
      ? services
      : t('timeline.column-detail', '{{services}}. Highest score {{score}} (1 is the border).', {
          services,
          score,
          interpolation: unescaped,
        });
  }
  const [from, to] = [clock(mark.fromMs, timeZone), clock(mark.toMs, timeZone)];
  if (mark.highestScore === 0) {
    return mark.toMs > mark.fromMs
      ? t('timeline.range', '{{from}} to {{to}}', { from, to, interpolation: unescaped })
      : from;
  }
  return t('timeline.bar-detail', '{{from}} to {{to}}, score {{score}} (1 is the border).', {
    from,
    to,
    score,
    interpolation: unescaped,
  });
}

/** "checkout 21, payment 9, cart 4, 2 more services". */
function nameServices(events: readonly TimelineEvent[], { fromMs, toMs }: Span): string {
  const counts = new Map<string, number>();
  for (const { service, startMs, endMs } of events) {
    if (service !== '' && startMs <= toMs && endMs >= fromMs) {
      counts.set(service, (counts.get(service) ?? 0) + 1);
    }
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const named = sorted.slice(0, servicesNamed).map(([service, count]) => `${cut(service, 40)} ${count}`);
  const rest = sorted.length - named.length;
  const more = t('timeline.more-services', '', {
    count: rest,
    defaultValue_one: '{{count}} more service',
    defaultValue_other: '{{count}} more services',
  });
  return [...named, ...(rest > 0 ? [more] : [])].join(', ');
}

/** Telemetry text is one plain line of at most 120 characters. */
export function cut(text: string, longest = longestText): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

import type { Anomaly } from '../../model/anomaly.ts';
import type { Mask } from '../../runtime/masking.ts';
import { spellDuration } from '../spell-duration.ts';
import type { AnnotationIntent } from './annotation-intent.ts';
import { annotationTags } from './annotation-tags.ts';
import { annotationText } from './annotation-text.ts';
import { incidentsLink } from './app-link.ts';

const KEY_PREFIX = 'finding:';

function findingKey(id: string): string {
  return `${KEY_PREFIX}${id}`;
}

/** The finding's id, or undefined when the record is about something else. */
export function findingIdOf(key: string): string | undefined {
  return key.startsWith(KEY_PREFIX) ? key.slice(KEY_PREFIX.length) : undefined;
}

export interface LookOptions {
  readonly appPath: string;
  readonly mask: Mask;
}

/** A region for one anomaly: what, how much, what was expected; how odd; why; a link. */
export function anomalyIntent(anomaly: Anomaly, { appPath, mask }: LookOptions): AnnotationIntent {
  const key = findingKey(anomaly.id);
  const service = mask(anomaly.series.service);
  const end = anomaly.state === 'closed' ? { endMs: anomaly.endMs } : {};
  const why = anomaly.reasons.find((reason) => reason.agreed)?.text ?? '';
  return {
    key,
    startMs: anomaly.startMs,
    ...end,
    text: annotationText({
      title: `${anomaly.border === 'page' ? 'Page' : 'Notice'}: ${mask(anomaly.sentence)}`,
      details: [mask(howOdd(anomaly)), mask(why)],
      link: {
        path: incidentsLink(appPath, { service, startMs: anomaly.startMs, ...end }),
        label: 'Open in Sentinel',
      },
    }),
    tags: annotationTags(['sentinel:anomaly', `severity:${anomaly.border}`], service, key),
  };
}

function howOdd({ state, startMs, endMs, peakScore, series }: Anomaly): string {
  const lasted = state === 'closed' ? `lasted ${spellDuration(endMs - startMs)}` : 'still odd';
  return [`Score ${peakScore.toFixed(1)}`, lasted, series.environment].filter((part) => part !== '').join(', ');
}

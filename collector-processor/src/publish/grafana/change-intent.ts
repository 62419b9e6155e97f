import { createHash } from 'node:crypto';
import type { Change } from '../../model/anomaly.ts';
import type { AnnotationIntent } from './annotation-intent.ts';
import { annotationTags } from './annotation-tags.ts';
import { annotationText } from './annotation-text.ts';
import { incidentsLink } from './app-link.ts';
import type { LookOptions } from './incident-intent.ts';

const words = { deploy: 'Deploy', configuration: 'Configuration', flag: 'Flag' } as const;

/** A point: `Deploy: payment 2.4.0 to 2.4.1`. */
export function changeIntent(
  change: Change,
  { appPath, mask }: Pick<LookOptions, 'appPath' | 'mask'>,
): AnnotationIntent {
  const key = changeKey(change.id);
  const service = mask(change.service);
  const versions = [change.from, change.to].filter((version) => version !== '').map(mask);
  const { timeMs } = change;
  return {
    key,
    startMs: timeMs,
    endMs: timeMs,
    text: annotationText({
      title: `${words[change.kind]}: ${service} ${versions.join(' to ')}`,
      details: [mask(change.environment)],
      links: [{ path: incidentsLink(appPath, { service, startMs: timeMs, endMs: timeMs }), label: 'Open in Sentinel' }],
    }),
    tags: annotationTags(['sentinel:change'], [service], key),
  };
}

/** Ids are ours or a poster's; one that does not fit into a tag is replaced by its hash. */
function changeKey(id: string): string {
  const fits = /^[\w.-]{1,40}$/.test(id);
  return `change:${fits ? id : createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
}

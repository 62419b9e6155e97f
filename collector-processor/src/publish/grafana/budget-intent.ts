import { createHash } from 'node:crypto';
import type { BurnLevel, SloCrossing } from '../../model/slo-crossing.ts';
import type { AnnotationIntent } from './annotation-intent.ts';
import { annotationTags } from './annotation-tags.ts';
import { annotationText } from './annotation-text.ts';
import type { LookOptions } from './incident-intent.ts';

const words: Readonly<Record<BurnLevel, string>> = {
  none: 'no longer burning',
  trickle: 'burning in a trickle',
  slow: 'burning slowly',
  medium: 'burning',
  fast: 'burning fast',
  exhausted: 'budget used up',
};

/** A point: `Checkout availability: burning fast, 14x`. */
export function budgetIntent(
  { id, slo, title, service, atMs, to, rate, left }: SloCrossing,
  { appPath, mask }: Pick<LookOptions, 'appPath' | 'mask'>,
): AnnotationIntent {
  const key = `budget:${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
  const fast = rate === null || to === 'none' || to === 'exhausted' ? '' : `, ${Number(rate.toPrecision(2))}x`;
  const name = mask(slo).replace(/[<>]/g, '_');
  return {
    key,
    startMs: atMs,
    endMs: atMs,
    text: annotationText({
      title: `${mask(title)}: ${words[to]}${fast}`,
      details: left === null ? [] : [`${Math.round(left * 100)}% of the error budget left`],
      links: [{ path: `${appPath}/slos/${encodeURIComponent(slo)}`, label: 'Open in Sentinel' }],
    }),
    tags: annotationTags(['sentinel:budget', ...(name.length <= 80 ? [`slo:${name}`] : [])], [mask(service)], key),
  };
}

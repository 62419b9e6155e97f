import { type Signal } from '../../src/model/signal.ts';
import { type Fingerprint } from './content.ts';
import {
  histogramBounds,
  type Known,
  type KnownAttributes,
  knownLogs,
  knownPoints,
  type KnownPoints,
  knownSpans,
  metricNames,
} from './known-items.ts';

/** Fingerprints of all items that a sender of these known items must cause to arrive. */
export function knownFingerprints(signal: Signal, known: Known): Fingerprint[] {
  switch (signal) {
    case 'traces':
      return knownSpans(known).map((span) =>
        fingerprint('span', {
          ...span,
          attributes: sorted(span.attributes),
          event: [span.event.name, span.event.timeNano],
        }),
      );
    case 'logs':
      return knownLogs(known).map((log) => fingerprint('log', { ...log, attributes: sorted(log.attributes) }));
    case 'metrics':
      return knownPoints(known).flatMap(pointFingerprints);
  }
}

function pointFingerprints({ gauge, added, recorded, attributes: given }: KnownPoints): Fingerprint[] {
  const attributes = sorted(given);
  const histogram = {
    count: recorded.length,
    sum: recorded.reduce((sum, value) => sum + value, 0),
    min: Math.min(...recorded),
    max: Math.max(...recorded),
    bounds: histogramBounds,
    buckets: bucketsOf(recorded),
  };
  return [
    fingerprint('gauge', { name: metricNames.gauge, value: gauge, attributes }),
    fingerprint('sum', { name: metricNames.counter, value: added, attributes }),
    fingerprint('histogram', { name: metricNames.histogram, ...histogram, attributes }),
  ];
}

/** Counts per bucket; a bound belongs to the bucket below it. */
export function bucketsOf(values: readonly number[]): number[] {
  const counts = new Array<number>(histogramBounds.length + 1).fill(0);
  for (const value of values) {
    const index = histogramBounds.findIndex((bound) => value <= bound);
    const bucket = index === -1 ? histogramBounds.length : index;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

/** Fields by name, so that their order in the source does not matter. */
export function fingerprint(kind: string, fields: Readonly<Record<string, unknown>>): Fingerprint {
  const ordered = Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${kind} ${JSON.stringify(ordered, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`;
}

export function sorted(attributes: KnownAttributes): [string, string | number | boolean][] {
  return Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1));
}

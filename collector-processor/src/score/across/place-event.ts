import type { Anomaly, Border } from '../../model/anomaly.ts';
import { formatDuration, formatNumber } from '../../model/units.ts';
import { titleOf } from '../finding-sentence.ts';
import type { Finding } from '../finding.ts';
import { hashText, hexOf } from '../state/hash64.ts';
import type { Place } from './fleet.ts';
import type { Census } from './place-census.ts';

/** A host, zone, cluster or region where many services turned odd together, while that lasts. */
export interface PlaceEvent {
  readonly id: string;
  readonly place: Place;
  readonly environment: string;
  readonly startMs: number;
  readonly detectedAtMs: number;
  /** Findings that are its side effects, by id, as they are called. */
  readonly members: Map<string, { readonly service: string; readonly title: string; readonly score: number }>;
  peakMs: number;
  endMs: number;
  border: Border;
  overBudget?: true;
  /** At its worst. */
  worst: Omit<Census, 'place'>;
  quiet: number;
  /** Members when it was last told. */
  sentMembers: number;
}

/** Chance by which an event is told; its score is 1 there. */
export const TOLD_CHANCE = 1e-4;
const MAX_SCORE = 5;
const MAX_NAMED = 5;
const MAX_REASONS = 30;
const VERSION = 'place-1';
const nouns: readonly (readonly [start: string, noun: string])[] = [
  ['k8s.node', 'Node'],
  ['host', 'Host'],
  ['cloud.availability_zone', 'Zone'],
  ['k8s.cluster', 'Cluster'],
  ['cloud.region', 'Region'],
];

export function noteMember(event: PlaceEvent, { id, series, peakScore }: Finding): void {
  event.members.set(id, { service: series.service, title: titleOf(series), score: peakScore });
}

export function scoreOf({ worst }: PlaceEvent): number {
  return Math.min(MAX_SCORE, Math.log10(Math.max(1e-300, worst.chance)) / Math.log10(TOLD_CHANCE));
}

/** One finding for the place; what its services show is among the reasons. */
export function placeAnomaly(event: PlaceEvent, state: Anomaly['state'], note: string, stepMs: number): Anomaly {
  const { id, place, border, startMs, peakMs, endMs, detectedAtMs, environment } = event;
  const { odd, here, oddElsewhere, elsewhere, chance } = event.worst;
  const { low, high } = hashText(place.key);
  const noun = nouns.find(([start]) => place.attribute.startsWith(start))?.[1] ?? 'Place';
  const peakScore = scoreOf(event);
  const services = [...new Set([...event.members.values()].map(({ service }) => service))];
  const more = services.length > MAX_NAMED ? ` and ${services.length - MAX_NAMED} more` : '';
  const share = `${odd} of ${here} services there turned odd together, and ${oddElsewhere} of ${elsewhere} elsewhere`;
  const expected = (here * (oddElsewhere + 1)) / (elsewhere + 1);
  const members = [...event.members.values()].slice(0, MAX_REASONS);
  return {
    ...{ id, state, border, startMs, peakMs, endMs, stepMs, peakScore, detectedAtMs, direction: 'up' },
    series: {
      ...{ id: hexOf(low, high), tenant: place.tenant, signal: 'metrics', measure: 'place_event', namespace: '' },
      ...{ environment, service: `${noun.toLowerCase()} ${place.name}`, attributes: { [place.attribute]: place.name } },
    },
    ...{ observed: odd, expected, lower: 0, upper: here },
    reasons: [
      { detector: 'place', score: peakScore, agreed: true, text: `${share}; by chance once in ${times(chance)}` },
      ...members.map(({ title, score }) => ({ detector: 'side effect', score, agreed: true, text: title })),
    ],
    explanation: `Chance of so many by themselves, given those elsewhere: 1 in ${times(chance)}. Their findings are side effects of this one.`,
    ...{ exampleTraceIds: [], exampleLines: [], detectorVersion: VERSION },
    sentence: [
      `${noun} ${place.name}: ${share}: ${services.slice(0, MAX_NAMED).join(', ')}${more}.`,
      state === 'closed' ? `It lasted ${formatDuration((endMs - startMs) * 1e6)}.` : '',
      note,
    ]
      .filter((part) => part !== '')
      .join(' '),
  };
}

function times(chance: number): string {
  return formatNumber(Math.min(1e12, 1 / Math.max(1e-12, chance)));
}

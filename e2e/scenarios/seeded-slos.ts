/** Objectives in every state that a budget can be in, of the services that the findings are about. */
import type { Slo } from '../../collector-processor/src/contract/slo.ts';
import type { Findings } from './findings.ts';

const DAY = 86_400_000;

type Tier = Slo['tiers'][number];

interface Rates {
  readonly state: Tier['state'];
  readonly rate: number | null;
  readonly events: number;
}

function tiersOf({ state, rate, events }: Rates): Slo['tiers'] {
  const shapes = [
    { tier: 'fast', alerts: 'page', limit: 13.44, shortWindow: '5m', longWindow: '1h', share: 1 },
    { tier: 'medium', alerts: 'page', limit: 5.6, shortWindow: '30m', longWindow: '6h', share: 0.6 },
    { tier: 'slow', alerts: 'ticket', limit: 2.8, shortWindow: '2h', longWindow: '1d', share: 0.3 },
    { tier: 'trickle', alerts: 'ticket', limit: 1, shortWindow: '6h', longWindow: '3d', share: 0.2 },
  ] as const;
  return shapes.map(({ share, ...shape }, index) => ({
    ...shape,
    state: index === 0 || state === 'calm' ? state : 'calm',
    shortRate: rate === null ? null : rate * share * 0.7,
    longRate: rate === null ? null : rate * share,
    long: { total: events * 10 ** index, bad: Math.round(((rate ?? 0) * events) / 1000) },
  }));
}

interface Plan extends Rates {
  readonly name: string;
  readonly service: string;
  readonly displayName: string;
  readonly status: Slo['status'];
  readonly left: number | null;
  readonly objective?: number;
  readonly region?: string;
  readonly endsInDays?: number;
}

const plans: readonly Plan[] = [
  ...['eu', 'us'].map((region) => ({
    ...{ name: 'latency', service: 'search', displayName: 'Search latency', objective: 0.99, region },
    ...({ status: region === 'eu' ? 'burning' : 'on_track', left: region === 'eu' ? 0.31 : 0.92 } as const),
    ...({ state: region === 'eu' ? 'burning' : 'calm', rate: region === 'eu' ? 7.1 : 0.2, events: 9000 } as const),
    ...(region === 'eu' ? { endsInDays: 11 } : {}),
  })),
  {
    ...{ name: 'availability', service: 'checkout', displayName: 'Checkout availability', status: 'burning_fast' },
    ...{ left: 0.12, state: 'burning', rate: 22, events: 4000, endsInDays: 1.4 },
  },
  {
    ...{ name: 'availability', service: 'payment', displayName: 'Payment availability', status: 'exhausted' },
    ...{ left: -0.18, state: 'burning', rate: 31, events: 4000 },
  },
  {
    ...{ name: 'availability', service: 'cart', displayName: 'Cart availability', status: 'on_track' },
    ...{ left: 0.81, state: 'calm', rate: 0.4, events: 4000, objective: 0.9995 },
  },
  {
    ...{ name: 'deliveries', service: 'shipping', displayName: 'Deliveries', status: 'too_few_events' },
    ...{ left: 0.66, state: 'waits', rate: 300, events: 3 },
  },
  {
    ...{ name: 'exports', service: 'catalog', displayName: 'Catalog exports', status: 'no_data' },
    ...{ left: null, state: 'calm', rate: null, events: 0 },
  },
  {
    ...{ name: 'pages', service: 'storefront', displayName: 'Storefront pages', status: 'implausible' },
    ...{ left: 0.4, state: 'calm', rate: 0.9, events: 4000 },
  },
  {
    ...{ name: 'orders', service: 'fulfilment', displayName: 'Orders shipped', status: 'recovering' },
    ...{ left: 0.55, state: 'recovering', rate: 14.9, events: 4000 },
  },
];

export function seededSlos({ anomalies }: Findings, nowMs: number): readonly Slo[] {
  return anomalies.length === 0 ? [] : plans.map((plan) => seeded(plan, nowMs));
}

function seeded({ name, service, displayName, status, left, objective = 0.999, ...more }: Plan, nowMs: number): Slo {
  const total = left === null ? 0 : 1_210_000;
  const allowed = total * (1 - objective);
  const endMs = nowMs + (more.endsInDays ?? 0) * DAY;
  const objectiveId = `${service}-${name}`;
  const group: Record<string, string> = more.region === undefined ? {} : { region: more.region };
  const id = [objectiveId, ...Object.entries(group).map(([label, value]) => `${label}=${value}`)].join(':');
  return {
    ...{ objectiveId, group, countedBy: more.region === undefined ? ('requests' as const) : ('query' as const) },
    ...{ unknownMinutes: 0, corrections: 0 },
    ...{ id, name, displayName, service, description: '', objective, status, left, allowed },
    ...{ window: '28d', rolling: true, source: 'slos.yaml:3', minEvents: 50, minFailures: 3 },
    ...{ fromMs: nowMs - 28 * DAY, toMs: nowMs, takenOut: { total: 0, bad: 0 }, leftUncorrected: left },
    labels: { team: 'shop' },
    counts: { total, bad: Math.round(allowed * (1 - (left ?? 1))) },
    tiers: tiersOf(more),
    ...(more.endsInDays === undefined
      ? {}
      : { exhaustion: { atMs: endMs, earliestMs: endMs - DAY / 2, latestMs: endMs + DAY } }),
  };
}

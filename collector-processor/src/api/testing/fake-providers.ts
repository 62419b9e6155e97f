import type { CoverageEntry } from '../../model/coverage.ts';
import type { ServiceEdge } from '../../model/service-graph.ts';
import { aSeries, NOON } from '../../store/testing/builders.ts';
import type { ApiProviders, Placed, ScoreHistory, SeriesListing } from '../providers.ts';
import { aForecast, supposedForecast } from './fake-forecasts.ts';
import { aSlo, fakeSloDesk } from './fake-slo-desk.ts';

const services = ['cart', 'checkout', 'payment', 'search', 'shipping'];

function serviceOf(number: number): string {
  return services[number % services.length] ?? '';
}

function aCoverageEntry(number: number): CoverageEntry {
  const isLearning = number % 4 === 0;
  return {
    seriesId: number.toString(16).padStart(16, '0'),
    title: `p95 latency of GET /item/${String(number)} in ${serviceOf(number)}`,
    service: serviceOf(number),
    state: isLearning ? 'learning' : 'scored',
    ...(number === 5 ? { tier: 'light', streams: 3 } : { tier: 'full' }),
    why: isLearning ? '6 of 24 h seen.' : 'Scored in every bucket.',
    sinceMs: NOON - 3_600_000,
    ...(isLearning ? { readyAtMs: NOON + 3_600_000 } : {}),
  };
}

function aListing(number: number): SeriesListing {
  const { seriesId: id, title, service, state } = aCoverageEntry(number);
  const signal = number % 2 === 0 ? 'metrics' : 'traces';
  const last = { timeMs: NOON, value: number, score: number % 3 === 0 ? Number.NaN : 0.5 };
  return { series: aSeries({ id, service, signal }), title, state, ...(state === 'scored' ? { last } : {}) };
}

function aHistory(): ScoreHistory {
  return {
    series: aSeries(),
    title: 'error ratio of checkout',
    stepMs: 10_000,
    timeMs: Float64Array.of(NOON - 10_000, NOON),
    value: Float64Array.of(0.01, Number.NaN),
    score: Float64Array.of(0, 8.3),
    expected: Float64Array.of(0.01, 0.01),
    lower: Float64Array.of(0, 0),
    upper: Float64Array.of(0.02, Number.POSITIVE_INFINITY),
  };
}

function* placed<Item>(from: number, count: number, make: (number: number) => Item): Iterable<Placed<Item>> {
  for (let place = from; place < count; place++) yield { place, item: make(place) };
}

const nothing = () => Promise.resolve({ kind: 'unknown', message: 'Nobody is at the desk.' } as const);
const noFeedback = {
  give: nothing,
  edit: nothing,
  accept: nothing,
  reject: nothing,
  rollBack: nothing,
  acting: () => 0,
};
const unknown = () => Promise.resolve({ kind: 'unknown' } as const);
const nobodysIncidents = {
  configuration: () => ({ watchFor: 600_000 }),
  allowed: () => [],
  command: unknown,
  note: unknown,
  task: unknown,
  merge: unknown,
  split: unknown,
};

const place = { tenant: '', environment: 'production' };
const anEdge: ServiceEdge = {
  ...place,
  ...{ from: 'shop', to: 'cart', remote: false, sinceMs: NOON - 60_000, lastMs: NOON - 1000, calls: 120, failed: 6 },
  client: { counts: [100, 20, 0, 0, 0, 0, 0, 0, 0], sum: 9 },
  server: { counts: [120, 0, 0, 0, 0, 0, 0, 0, 0], sum: 6 },
  ...{ rate: 2, errorRatio: 0.05, p95: Number.NaN },
};

/** Providers as a sidecar with some series has them. */
export function fakeProviders(seriesCount = 25): ApiProviders {
  return {
    readiness: () => [],
    troubles: () => [],
    coverageCounts: () => ({ scored: 18, learning: 7, evicted: 0, unsuitable: 0 }),
    coverage: (place) => placed(place, seriesCount, aCoverageEntry),
    series: (place) => placed(place, seriesCount, aListing),
    history: (seriesId) => (seriesId === aSeries().id ? aHistory() : undefined),
    forecasts: (place) => placed(place, 3, aForecast),
    forecast: supposedForecast,
    feedback: noFeedback,
    drills: () => undefined,
    shadow: { report: () => Promise.resolve({ state: 'off' }), promote: nothing },
    slos: fakeSloDesk([aSlo(), aSlo({ id: 'shop-search', name: 'search', left: 0.81, status: 'on_track' })]),
    edges: () => [anEdge],
    whereabouts: () => [{ ...place, service: 'shop', resources: { host: ['vm-1'] } }],
    incidents: nobodysIncidents,
    pipeline: () => ({
      bucketMs: 10_000,
      lastReceivedMs: NOON,
      receivers: [{ wire: 'grpc', endpoint: '0.0.0.0:4317' }],
      traffic: [
        { signal: 'traces', requests: 12, items: 4_000, bytes: 900_000, refused: 1, scored: 3_990, unscored: 10 },
      ],
      backends: [
        {
          name: 'tempo',
          type: 'tempo',
          signals: ['traces'],
          breaker: 'open',
          inFlight: 0,
          queuedRequests: 3,
          queuedBytes: 90_000,
          loggedBytes: 7_000_000,
          delivered: 11,
          retried: 3,
          refused: 0,
          lastSuccessMs: NOON,
          lastError: { message: 'connection refused', atMs: NOON },
        },
      ],
    }),
  };
}

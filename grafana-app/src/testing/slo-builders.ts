import type { Slo, SloBurned, SloCorrected, SloHistory, SloTier } from '../api/slos';

/** Answers of the API about objectives for tests, in the contract's own types. */
export function aTier(part: Partial<SloTier> = {}): SloTier {
  return {
    tier: 'fast',
    alerts: 'page',
    state: 'burning',
    limit: 14.4,
    shortWindow: '5m',
    shortRate: 16,
    longWindow: '1h',
    longRate: 22,
    long: { total: 4000, bad: 88 },
    ...part,
  };
}

const calmTier = aTier({ state: 'calm', shortRate: 0.4, longRate: 0.4 });

export function aSlo(part: Partial<Slo> = {}): Slo {
  return {
    id: 'checkout-availability',
    objectiveId: 'checkout-availability',
    group: {},
    countedBy: 'requests',
    unknownMinutes: 0,
    corrections: 0,
    name: 'availability',
    displayName: 'Checkout availability',
    description: 'Orders are taken.',
    service: 'checkout',
    labels: { team: 'shop' },
    objective: 0.999,
    window: '28d',
    rolling: true,
    source: 'slos.yaml:3',
    status: 'burning_fast',
    fromMs: 1_757_580_800_000,
    toMs: 1_760_000_000_000,
    counts: { total: 1_210_000, bad: 1065 },
    takenOut: { total: 0, bad: 0 },
    allowed: 1210,
    left: 0.12,
    leftUncorrected: 0.099,
    tiers: [aTier()],
    minEvents: 50,
    minFailures: 3,
    exhaustion: { atMs: 1_760_800_000_000, earliestMs: 1_760_600_000_000, latestMs: 1_761_000_000_000 },
    ...part,
  };
}

const { exhaustion: _never, ...endless } = aSlo();

export const calmSlo: Slo = {
  ...endless,
  id: 'cart-availability',
  objectiveId: 'cart-availability',
  displayName: 'Cart availability',
  service: 'cart',
  objective: 0.9995,
  status: 'on_track',
  left: 0.81,
  tiers: [calmTier],
};

export const unknownSlo: Slo = {
  ...endless,
  id: 'search-latency',
  objectiveId: 'search-latency',
  name: 'latency',
  displayName: 'Search latency',
  service: 'search',
  status: 'no_data',
  left: null,
  leftUncorrected: null,
  counts: { total: 0, bad: 0 },
  allowed: 0,
  tiers: [aTier({ state: 'calm', shortRate: null, longRate: null, long: { total: 0, bad: 0 } })],
};

const HOUR_MS = 3_600_000;

export function aCorrected(part: Partial<SloCorrected['correction']> = {}): SloCorrected {
  return {
    correction: {
      id: 'c1',
      fromMs: 1_759_900_000_000,
      toMs: 1_759_907_200_000,
      scope: { objective: 'checkout-availability' },
      reason: 'DB upgrade',
      author: 'Ana Ruiz',
      source: 'person',
      atMs: 1_759_950_000_000,
      ...part,
    },
    takenOut: { total: 4000, bad: 25 },
    share: 0.021,
  };
}

export function aHistory(part: Partial<SloHistory> = {}): SloHistory {
  return {
    id: 'checkout-availability',
    fromMs: 1_759_992_800_000,
    toMs: 1_760_000_000_000,
    stepMs: HOUR_MS,
    timeMs: [1_759_996_400_000, 1_760_000_000_000],
    left: [0.3, 0.12],
    leftUncorrected: [0.28, 0.099],
    total: [100_000, 110_000],
    bad: [10, 300],
    rates: [
      { window: '5m', tiers: ['fast'], limit: 14.4, rate: [null, 16] },
      { window: '1h', tiers: ['fast'], limit: 14.4, rate: [1, 22] },
    ],
    corrections: [],
    gaps: [],
    crossings: [],
    ...part,
  };
}

export function theBurned(): SloBurned {
  return {
    id: 'checkout-availability',
    fromMs: 1_757_580_800_000,
    toMs: 1_760_000_000_000,
    bad: 1065,
    share: 0.88,
    items: [
      {
        kind: 'incident',
        id: '121',
        title: 'Errors in checkout',
        service: 'checkout',
        severity: 'major',
        fromMs: 1_759_999_000_000,
        toMs: 1_760_000_000_000,
        bad: 850,
        share: 0.702,
      },
      {
        kind: 'change',
        id: 'd1',
        title: 'Deploy 2.4.1',
        service: 'payment',
        fromMs: 1_759_000_000_000,
        toMs: 1_759_002_460_000,
        bad: 38,
        share: 0.031,
      },
    ],
    rest: { bad: 177, share: 0.147 },
  };
}

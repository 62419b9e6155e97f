import type { Slo, SloTier } from '../api/slos';

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
    ...{
      objectiveId: 'checkout-availability',
      group: {},
      countedBy: 'requests' as const,
      unknownMinutes: 0,
      corrections: 0,
    },
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

/** Findings as a sidecar would have them, the same on every run but for the clock. */
import type { Anomaly, Change, Reason } from '../../collector-processor/src/model/anomaly.ts';
import { aChange, anAnomaly, aSeries } from '../../collector-processor/src/store/testing/builders.ts';

const MINUTE = 60_000;
const MIB = 1_048_576;
const services = ['checkout', 'payment', 'cart', 'search', 'shipping', 'catalog', 'storefront', 'fulfilment'];

/** What a hostile client could have put into its telemetry. */
export const HOSTILE = '<img src=x onerror="document.title=\'owned\'">';

const reasons: readonly Reason[] = [
  { detector: 'robust deviation', score: 8.3, agreed: true, text: '31 times the usual spread above the median' },
  { detector: 'seasonal', score: 6.1, agreed: true, text: 'no Saturday at this hour was above 0.9%' },
  { detector: 'level shift', score: 4.4, agreed: true, text: 'the level changed 2 min ago' },
  { detector: 'spectral residual', score: 0.6, agreed: false, text: 'nothing stands out of the last hour' },
];

/** Kinds of findings; values as the sidecar has them: ratios, nanoseconds, bytes, a second. */
const kinds = [
  {
    of: { signal: 'traces', measure: 'error_ratio' },
    values: { lower: 0.001, expected: 0.004, upper: 0.009, observed: 0.142 },
    sentence: (service: string) => `Error rate of ${service} rose to 14.2%; expected 0.1% to 0.9%.`,
  },
  {
    of: { signal: 'traces', measure: 'p95' },
    values: { lower: 80e6, expected: 110e6, upper: 140e6, observed: 840e6 },
    sentence: (service: string) => `95th percentile latency of ${service} rose to 840 ms; expected 80 ms to 140 ms.`,
  },
  {
    of: { signal: 'metrics', measure: 'value', metric: 'heap.used', unit: 'By' },
    values: { lower: 180 * MIB, expected: 210 * MIB, upper: 240 * MIB, observed: 1434 * MIB },
    sentence: (service: string) => `heap.used of ${service} rose to 1.4 GiB; expected 180 MiB to 240 MiB.`,
  },
  {
    of: { signal: 'logs', measure: 'template_rate', template: 'payment of * failed' },
    values: { lower: 0, expected: 0.1, upper: 0.2, observed: 1.4 },
    sentence: (service: string) =>
      `Rate of lines like "payment of * failed" of ${service} rose to 1.4/s; expected 0/s to 0.2/s.`,
  },
] as const;

/** Deterministic, well spread: multiples of the golden ratio. */
function spread(number: number): number {
  return (number * 0.618_033_988_75) % 1;
}

function id(prefix: string, number: number): string {
  return (prefix + number.toString(16)).padStart(32, '0');
}

interface Placed {
  readonly number: number;
  readonly startMs: number;
  readonly minutes: number;
  readonly service?: string;
}

function found({ number, startMs, minutes, service = services[number % services.length] ?? '' }: Placed): Anomaly {
  const kind = kinds[number % kinds.length] ?? kinds[0];
  const open = number % 3 !== 2;
  return anAnomaly({
    id: id('a', number),
    series: aSeries({
      id: number.toString(16).padStart(16, '0'),
      service,
      ...kind.of,
    }),
    state: open ? 'open' : 'closed',
    border: number % 4 === 0 ? 'page' : 'notice',
    startMs,
    peakMs: startMs + (minutes * MINUTE) / 3,
    endMs: startMs + minutes * MINUTE,
    peakScore: 1 + 8 * spread(number + 3),
    reasons: [...reasons],
    ...kind.values,
    exampleLines:
      kind.of.signal === 'logs'
        ? ['payment of <number> failed: card declined', 'payment of <number> failed: timeout']
        : [],
    sentence: kind.sentence(service),
    detectedAtMs: startMs + 14_000,
  });
}

export interface Findings {
  readonly anomalies: readonly Anomaly[];
  readonly changes: readonly Change[];
}

const EARLIER_MS = 30 * 60 * MINUTE;

/** The same of the day before yesterday. */
function earlier(anomaly: Anomaly): Anomaly {
  const { id, startMs, peakMs, endMs, detectedAtMs } = anomaly;
  return {
    ...anomaly,
    id: `e${id.slice(1)}`,
    state: 'closed',
    startMs: startMs - EARLIER_MS,
    peakMs: peakMs - EARLIER_MS,
    endMs: endMs - EARLIER_MS,
    detectedAtMs: detectedAtMs - EARLIER_MS,
  };
}

/** A bad deploy and what came of it, in the last half hour; it was seen before. */
export function incident(nowMs: number): Findings {
  const anomalies = Array.from({ length: 14 }, (_unused, number) =>
    found({ number, startMs: nowMs - (26 - 1.6 * number) * MINUTE, minutes: 2 + 7 * spread(number) }),
  );
  const changes = [
    aChange({ id: 'deploy-1', timeMs: nowMs - 27 * MINUTE }),
    aChange({ id: 'flag-1', kind: 'flag', service: 'cart', from: 'off', to: 'on', timeMs: nowMs - 9 * MINUTE }),
  ];
  return { anomalies: [...anomalies, ...anomalies.map(earlier)], changes };
}

export function late(number: number, nowMs: number): Anomaly {
  return { ...found({ number: 1000 + number, startMs: nowMs - MINUTE, minutes: 1 }), state: 'open', border: 'page' };
}

/** As many anomalies as a bad day brings, in 42 services over six hours. */
export function storm(nowMs: number, count = 5000): Findings {
  const anomalies = Array.from({ length: count }, (_unused, number) =>
    found({
      number,
      startMs: nowMs - 360 * MINUTE * (1 - spread(number) ** 2),
      minutes: 0.2 + 9 * spread(number + 7),
      service: `service-${String(number % 42).padStart(2, '0')}`,
    }),
  );
  const changes = Array.from({ length: 60 }, (_unused, number) =>
    aChange({
      id: `deploy-${String(number)}`,
      service: `service-${String(number % 42)}`,
      timeMs: nowMs - number * 6 * MINUTE,
    }),
  );
  return { anomalies: anomalies.map((anomaly) => ({ ...anomaly, state: 'open' as const })), changes };
}

/** Telemetry text that would run if anything took it for HTML. */
export function hostile(nowMs: number): Findings {
  const common = found({ number: 0, startMs: nowMs - 12 * MINUTE, minutes: 5, service: HOSTILE });
  const anomaly: Anomaly = {
    ...common,
    exampleLines: [`${HOSTILE} failed`],
    reasons: [{ detector: HOSTILE, score: 3, agreed: true, text: HOSTILE }],
    sentence: `Error rate of ${HOSTILE} rose to 14.2%; expected 0.1% to 0.9%.`,
  };
  return { anomalies: [anomaly], changes: [aChange({ service: HOSTILE, to: HOSTILE, timeMs: nowMs - 13 * MINUTE })] };
}

export const nothing: Findings = { anomalies: [], changes: [] };

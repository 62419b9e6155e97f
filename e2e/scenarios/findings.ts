/** Findings as a sidecar would have them, the same on every run but for the clock. */
import type { Anomaly, Change, Reason } from '../../collector-processor/src/model/anomaly.ts';
import { aChange, anAnomaly, aSeries } from '../../collector-processor/src/store/testing/builders.ts';

const MINUTE = 60_000;
const services = ['checkout', 'payment', 'cart', 'search', 'shipping', 'catalog', 'storefront', 'fulfilment'];

/** What a hostile client could have put into its telemetry. */
export const HOSTILE = '<img src=x onerror="document.title=\'owned\'">';

const reasons: readonly Reason[] = [
  { detector: 'robust deviation', score: 8.3, agreed: true, text: '31 times the usual spread above the median' },
  { detector: 'seasonal', score: 6.1, agreed: true, text: 'no Saturday at this hour was above 0.9%' },
  { detector: 'level shift', score: 4.4, agreed: true, text: 'the level changed 2 min ago' },
  { detector: 'spectral residual', score: 0.6, agreed: false, text: 'nothing stands out of the last hour' },
];

const kinds = [
  { signal: 'traces', measure: 'error_ratio', what: 'Error rate', from: '0.1%', to: '0.9%', was: '14.2%' },
  { signal: 'traces', measure: 'p95', what: 'p95 latency', from: '80 ms', to: '140 ms', was: '840 ms' },
  { signal: 'metrics', measure: 'value', what: 'heap.used', from: '180 MB', to: '240 MB', was: '1.4 GB' },
  {
    signal: 'logs',
    measure: 'template_rate',
    what: 'Rate of log line "payment of * failed"',
    from: '0',
    to: '2/min',
    was: '74/min',
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
      signal: kind.signal,
      measure: kind.measure,
      ...(kind.signal === 'metrics' ? { metric: 'heap.used' } : {}),
      ...(kind.signal === 'logs' ? { template: 'payment of * failed' } : {}),
    }),
    state: open ? 'open' : 'closed',
    border: number % 4 === 0 ? 'page' : 'notice',
    startMs,
    peakMs: startMs + (minutes * MINUTE) / 3,
    endMs: startMs + minutes * MINUTE,
    peakScore: 1 + 8 * spread(number + 3),
    reasons: [...reasons],
    exampleLines:
      kind.signal === 'logs'
        ? ['payment of <number> failed: card declined', 'payment of <number> failed: timeout']
        : [],
    sentence: `${kind.what} of ${service} rose to ${kind.was}; expected ${kind.from} to ${kind.to}.`,
    detectedAtMs: startMs + 14_000,
  });
}

export interface Findings {
  readonly anomalies: readonly Anomaly[];
  readonly changes: readonly Change[];
}

/** A bad deploy and what came of it, in the last half hour. */
export function incident(nowMs: number): Findings {
  const anomalies = Array.from({ length: 14 }, (_unused, number) =>
    found({ number, startMs: nowMs - (26 - 1.6 * number) * MINUTE, minutes: 2 + 7 * spread(number) }),
  );
  const changes = [
    aChange({ id: 'deploy-1', timeMs: nowMs - 27 * MINUTE }),
    aChange({ id: 'flag-1', kind: 'flag', service: 'cart', from: 'off', to: 'on', timeMs: nowMs - 9 * MINUTE }),
  ];
  return { anomalies, changes };
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

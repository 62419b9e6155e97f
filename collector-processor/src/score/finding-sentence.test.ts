import { describe, expect, test } from '@jest/globals';
import type { Series } from '../model/anomaly.ts';
import { describeFinding, titleOf } from './finding-sentence.ts';
import type { Finding } from './finding.ts';

function series(changes: Partial<Series>): Series {
  const names = { tenant: '', service: 'checkout', namespace: '', environment: '' };
  return { id: '0', signal: 'traces', measure: 'rate', ...names, attributes: {}, ...changes };
}

function told(changes: Partial<Series>, numbers: Partial<Finding>): string {
  const finding: Finding = {
    ...{ id: '1', slot: 0, seriesId: '0', series: series(changes), detectedAtMs: 0, startMs: 0, border: 'notice' },
    ...{
      peakMs: 0,
      endMs: 0,
      stepMs: 10_000,
      observed: 0,
      expected: 0,
      lower: 0,
      upper: 0,
      peakScore: 1,
      peakDistance: 1,
    },
    ...{ direction: 'up', reasons: [], traces: [], lines: [], steps: 0, quiet: 0, missed: 0, pageBits: 0 },
    ...{ sentScore: 0, sentStep: 0 },
    ...numbers,
  };
  return describeFinding(finding);
}

describe('one plain sentence with units', () => {
  test('errors', () => {
    const text = told({ measure: 'error_ratio' }, { observed: 0.142, lower: 0.001, upper: 0.009 });
    expect(text).toBe('Error rate of checkout rose to 14.2 %; expected 0.1 % to 0.9 %.');
  });

  test('latency of an operation', () => {
    const text = told({ measure: 'p95', operation: 'GET /cart' }, { observed: 812e6, lower: 120e6, upper: 340e6 });
    expect(text).toBe('95th percentile latency of GET /cart in checkout rose to 812 ms; expected 120 ms to 340 ms.');
  });

  test('calls to a peer that fall', () => {
    const text = told({ peer: 'payment' }, { observed: 0, lower: 8.25, upper: 14, direction: 'down' });
    expect(text).toBe('Request rate of calls from checkout to payment fell to 0/s; expected 8.25/s to 14/s.');
  });

  test('a metric with unit and attributes', () => {
    const memory = { signal: 'metrics', measure: 'value', metric: 'jvm.memory.used', unit: 'By' } as const;
    const text = told({ ...memory, attributes: { pool: 'eden' } }, { observed: 3e9, lower: 1e9, upper: 1.2e9 });
    expect(text).toBe('jvm.memory.used of checkout {pool=eden} rose to 2.79 GiB; expected 954 MiB to 1.12 GiB.');
  });

  test('a histogram in seconds, and a counter of bytes', () => {
    const duration = { signal: 'metrics', measure: 'p95', metric: 'http.server.request.duration', unit: 's' } as const;
    expect(told(duration, { observed: 0.4, lower: 0.1, upper: 0.2 })).toMatch(
      /rose to 400 ms; expected 100 ms to 200 ms/,
    );
    const served = { ...duration, measure: 'rate', pointKind: 'histogram' } as const;
    expect(told(served, { observed: 4, lower: 1, upper: 2 })).toMatch(/rose to 4\/s; expected 1\/s to 2\/s/);
    const sent = { signal: 'metrics', measure: 'rate', metric: 'net.io', unit: 'By' } as const;
    expect(told(sent, { observed: 2048, lower: 0, upper: 1024 })).toMatch(
      /rose to 2 KiB\/s; expected 0 B\/s to 1 KiB\/s/,
    );
  });

  test('what cannot be below zero is not expected there', () => {
    const age = { signal: 'metrics', measure: 'value', metric: 'queue.oldest_age', unit: 's' } as const;
    const numbers = { observed: 1.07, lower: -0.0004, upper: 0.0004 };
    expect(told(age, numbers)).toBe('queue.oldest_age of checkout rose to 1.07 s; expected 0 ns to 400 µs.');
    expect(told({ ...age, unit: 'Cel' }, numbers)).toMatch(/expected -0.0004 Cel to 0.0004 Cel/);
  });

  test('silence', () => {
    expect(told({ measure: 'silence' }, { endMs: 90_000 })).toBe('No telemetry at all from checkout for 1.5 min.');
    expect(told({ measure: 'signal_loss' }, { endMs: 90_000 })).toBe(
      'No traces from checkout for 1.5 min, while other signals of it come.',
    );
  });

  test('a band of no width names one value', () => {
    const text = told(
      { signal: 'metrics', measure: 'value', metric: 'replicas' },
      { observed: 4, expected: 3, lower: 3, upper: 3 },
    );
    expect(text).toBe('replicas of checkout rose to 4; expected 3.');
  });
});

test.each([
  [{ measure: 'p50' as const }, 'Median latency of checkout'],
  [{ measure: 'p99' as const, operation: 'GET /cart' }, '99th percentile latency of GET /cart in checkout'],
  [
    { signal: 'logs' as const, measure: 'severity_rate' as const, severity: 'ERROR' },
    'Rate of ERROR records of checkout',
  ],
  [
    { signal: 'logs' as const, measure: 'template_rate' as const, template: 'a <*>' },
    'Rate of lines like "a <*>" of checkout',
  ],
  [{ signal: 'logs' as const, measure: 'silence' as const }, 'Silence of log records from checkout'],
  [{ signal: 'metrics' as const, measure: 'mean' as const, metric: 'size' }, 'Mean of size of checkout'],
  [{ service: '' }, 'Request rate of an unnamed service'],
])('title of %j', (changes, title) => {
  expect(titleOf(series(changes))).toBe(title);
});

import { expect, test } from '@jest/globals';
import { SpanKind } from '../../model/columns.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { spanColumns, type TestSpan } from '../../score/testing/columns.ts';
import { resourceOf } from '../../score/testing/resources.ts';
import { FailedVisitors } from './failed-visitors.ts';

function seeing(service: string, spans: readonly Partial<TestSpan>[], visitors: FailedVisitors): void {
  const whole = spans.map((span) => ({ name: 'GET /', endMs: 1000, durationMs: 1, failed: true, ...span }));
  visitors.observe(spanColumns(resourceOf({ service }), whole), 'acme');
}

const at = (...services: readonly string[]) =>
  services.map((service) => ({ tenant: 'acme', environment: resourceOf({ service }).environment, service }));

test('each user counts once, of the services asked for, by failed requests that were answered', () => {
  const visitors = new FailedVisitors(createSelfMetrics());
  seeing(
    'shop',
    [{ visitor: 1 }, { visitor: 1 }, { visitor: 2, endMs: 5 }, { visitor: 3, failed: false }, {}],
    visitors,
  );
  seeing('cart', [{ visitor: 1 }, { visitor: 4 }, { visitor: 5, kind: SpanKind.client }], visitors);
  expect([
    visitors.countOf(at('shop'), 0),
    visitors.countOf(at('shop'), 100),
    visitors.countOf(at('shop', 'cart'), 0),
    visitors.countOf([{ ...at('shop')[0], tenant: '', environment: '', service: 'shop' }], 0),
  ]).toEqual([2, 1, 3, 0]);
});

test('those seen longest ago make room, within a service and over all', () => {
  const metrics = createSelfMetrics();
  const visitors = new FailedVisitors(metrics);
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ visitor: index + 1 }));
  seeing('shop', many(5_001), visitors);
  expect(visitors.countOf(at('shop'), 0)).toBe(5_000);
  for (let service = 0; service < 10; service++) seeing(`s${service}`, many(5_000), visitors);
  expect([visitors.countOf(at('shop'), 0), visitors.countOf(at('s9'), 0)]).toEqual([0, 5_000]);
  const value = (name: string) => metrics.samples().find((sample) => sample.name === name)?.value;
  expect(value('sentinel_incident_visitors')).toBe(50_000);
  expect(value('sentinel_incident_visitors_dropped_total')).toBe(5_001);
});

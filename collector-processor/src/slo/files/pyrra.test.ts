import { expect, test } from '@jest/globals';
import { readTexts as read } from './testing/read-texts.ts';

const errors = 'http_requests_total{code=~"5.."}';
const all = 'http_requests_total';

const pyrra = (indicator: string) => `
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: api, namespace: shop, labels: { pyrra.dev/team: red, prometheus: k8s } }
spec:
  target: '99'
  window: 2w
  indicator: ${indicator}
`;

test('selectors are counted, grouped as the file says', () => {
  const { objectives, problems } = read(
    pyrra(`{ ratio: { errors: { metric: '${errors}' }, total: { metric: '${all}' }, grouping: [handler, job] } }`),
  );
  expect(problems).toEqual([]);
  expect(objectives[0]).toMatchObject({
    name: 'api',
    service: 'shop',
    labels: { team: 'red' },
    target: 0.99,
    window: { kind: 'rolling', durationMs: 14 * 86_400_000 },
    indicator: {
      kind: 'events',
      outcome: 'bad',
      query: { text: `sum by (handler, job) (increase(${errors}[{{.window}}]))` },
      total: { text: `sum by (handler, job) (increase(${all}[{{.window}}]))` },
    },
  });
});

test('latency, native histograms and probes count what is good', () => {
  const texts = [
    '{ latency: { success: { metric: \'d_bucket{le="1"}\' }, total: { metric: d_count } } }',
    '{ latencyNative: { total: { metric: d }, latency: 200ms } }',
    '{ bool_gauge: { metric: probe_success } }',
  ].map((text) => read(pyrra(text)).objectives[0]?.indicator);
  expect(texts).toEqual([
    expect.objectContaining({
      outcome: 'good',
      query: { text: 'sum (increase(d_bucket{le="1"}[{{.window}}]))', counts: 'events' },
    }),
    expect.objectContaining({
      total: { text: 'histogram_count(sum (increase(d[{{.window}}])))', counts: 'events' },
      query: expect.objectContaining({ text: expect.stringContaining('histogram_fraction(0, 0.2, ') }),
    }),
    expect.objectContaining({ total: { text: 'sum (count_over_time(probe_success[{{.window}}]))', counts: 'events' } }),
  ]);
});

test.each([
  ["{ ratio: { errors: { metric: 'rate(x[5m])' }, total: { metric: y } } }", 'is no selector of one metric'],
  [
    '{ bool_gauge: { metric: a }, latency: { success: { metric: a }, total: { metric: b } } }',
    'An indicator is one of',
  ],
  ['{ latencyNative: { total: { metric: d }, latency: fast } }', '"fast" is no length of time'],
])('%s is refused', (indicator, message) => {
  expect(read(pyrra(indicator)).problems[0]?.message).toContain(message);
});

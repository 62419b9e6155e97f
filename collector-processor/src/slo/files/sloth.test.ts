import { expect, test } from '@jest/globals';
import { readTexts as read } from './testing/read-texts.ts';

const errors = 'http_requests_total{code=~"5.."}';
const all = 'http_requests_total';

const file = `
version: prometheus/v1
service: shop
labels: { owner: team, generated: true }
slos:
  - name: requests
    objective: 99.9
    labels: { tier: 2 }
    sli:
      events:
        error_query: sum(rate(${errors}[{{.window}}]))
        total_query: sum(rate(${all}[{{.window}}]))
    alerting:
      name: ShopErrors
      labels: { category: availability }
      page_alert: { labels: { severity: pager } }
      ticket_alert: { disable: true }
`;

test('a file becomes objectives with its labels, names and alerts', () => {
  const { objectives, problems } = read(file);
  expect(problems).toEqual([]);
  expect(objectives[0]).toMatchObject({
    name: 'requests',
    service: 'shop',
    labels: { owner: 'team', generated: 'true', tier: '2' },
    target: 0.999,
    window: { kind: 'rolling', durationMs: 30 * 86_400_000 },
    indicator: { kind: 'events', outcome: 'bad', total: { counts: 'events-per-second' } },
    alerting: {
      name: 'ShopErrors',
      page: { enabled: true, labels: { category: 'availability', severity: 'pager' } },
      ticket: { enabled: false },
    },
  });
});

test('the form for Kubernetes is the same with its own spelling', () => {
  const cluster = `
apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata: { name: shop, namespace: monitoring }
spec:
  service: shop
  slos:
    - name: wifi
      objective: 95
      sli: { raw: { errorRatioQuery: 'avg_over_time(bad[{{.window}}])' } }
`;
  expect(read(cluster).objectives[0]).toMatchObject({
    target: 0.95,
    indicator: { kind: 'share', bad: { text: 'avg_over_time(bad[{{.window}}])' } },
  });
});

test('a function of MetricsQL passes where the window is named', () => {
  const text = file.replace(
    /error_query: .*/,
    'error_query: 1 - histogram_share(0.2, sum by (vmrange) (rate(d[{{.window}}])))',
  );
  expect(read(text).objectives[0]?.indicator).toMatchObject({ query: { counts: 'unknown' } });
});

test.each([
  [/\[\{\{\.window\}\}\]\)\)\n/, '[5m]))\n', 'does not say {{.window}}'],
  ['objective: 99.9', 'objective: 0', 'asks for nothing'],
  ['events:', 'plugin: { id: x }\n      events:', 'Plugins of Sloth are Go programs.'],
  ['error_query: sum', 'error_query: sum by (', 'This is no PromQL'],
  ['tier: 2', 'tier: [2]', 'does not fit'],
])('%s → %s is refused', (from, to, message) => {
  const { objectives, problems } = read(file.replace(from, to));
  expect(problems[0]?.message).toContain(message);
  expect(objectives).toEqual([]);
});

import { expect, test } from '@jest/globals';
import type { AlertRule } from '../../slo/rules/rule-file.ts';
import { grafanaRule } from './grafana-rule.ts';

const rule: AlertRule = {
  alert: 'SentinelDeadLetters',
  expr: 'increase(sentinel_dead_letters_total[15m]) > 0',
  for: '5m',
  labels: { severity: 'warning', service: '{{ $labels.service_name }}' },
  annotations: {
    summary: '{{ $labels.backend }}: {{ printf "%.0f" $value }}, {{ $value | humanizePercentage }}',
    dashboard_url: '/d/sentinel-pipeline?viewPanel=4',
  },
};

test('what the query answers fires, also a zero; a query that fails is an alert of its own, no answer is calm', () => {
  expect(grafanaRule(rule)).toMatchObject({
    uid: 'sentinel-dead-letters',
    title: 'SentinelDeadLetters',
    condition: 'B',
    data: [
      { refId: 'A', datasourceUid: 'victoriametrics', model: { expr: rule.expr, instant: true } },
      { refId: 'B', datasourceUid: '__expr__', model: { type: 'math', expression: 'is_number($A)' } },
    ],
    for: '5m',
    noDataState: 'OK',
    execErrState: 'Error',
  });
});

test('dollars are doubled in labels, which Grafana expands from the environment, and not in annotations', () => {
  const { labels, annotations } = grafanaRule(rule);
  expect(labels['service']).toBe('{{ $$labels.service_name }}');
  expect(annotations['summary']).toContain('{{ $labels.backend }}');
});

test('the value is that of the query, not the text that Grafana makes of all of them', () => {
  expect(grafanaRule(rule).annotations['summary']).toBe(
    '{{ $labels.backend }}: {{ printf "%.0f" (index $values "A").Value }}, {{ (index $values "A").Value | humanizePercentage }}',
  );
});

test('a link to a panel ties the rule to it; a link to a dashboard or a page does not', () => {
  expect(grafanaRule(rule)).toMatchObject({ dashboardUid: 'sentinel-pipeline', panelId: 4 });
  for (const dashboard_url of ['/d/sentinel-pipeline', '/d/sentinel-service?var-service=a', '/a/app/incidents?x=1']) {
    expect(grafanaRule({ ...rule, annotations: { dashboard_url } })).not.toHaveProperty('dashboardUid');
  }
});

test('a rule fires at once where it says no time', () => {
  const { for: waits, ...atOnce } = rule;
  expect(waits).toBe('5m');
  expect(grafanaRule(atOnce).for).toBe('0s');
});

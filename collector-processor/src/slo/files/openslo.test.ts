import { expect, test } from '@jest/globals';
import { readTexts as read } from './testing/read-texts.ts';

const errors = 'http_requests_total{code=~"5.."}';
const all = 'http_requests_total';

const sli = `
apiVersion: openslo/v1
kind: SLI
metadata: { name: requests }
spec:
  ratioMetric:
    counter: true
    bad: { metricSource: { metricSourceRef: metrics, spec: { query: 'sum(${errors})' } } }
    total: { metricSource: { type: Prometheus, spec: { query: 'sum(${all})' } } }
`;
const source = `
apiVersion: openslo/v1
kind: DataSource
metadata: { name: metrics }
spec: { type: VictoriaMetrics, connectionDetails: { url: http://vm:8428 } }
`;
const slo = (spec: string) => `
apiVersion: openslo/v1
kind: SLO
metadata: { name: availability, displayName: Shop availability, labels: { team: shop, k8s.tier: ['1', '2'] } }
spec:
  service: shop
  budgetingMethod: Occurrences
${spec
  .trim()
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
`;

test('an SLO finds its SLI and that its DataSource, in whatever file they stand', () => {
  const { objectives, problems } = read(
    slo('indicatorRef: requests\ntimeWindow: [{ duration: 4w, isRolling: true }]\nobjectives: [{ target: 0.999 }]'),
    `${sli}---${source}`,
  );
  expect(problems).toEqual([]);
  expect(objectives).toEqual([
    expect.objectContaining({
      name: 'availability',
      displayName: 'Shop availability',
      service: 'shop',
      labels: { team: 'shop', k8s_tier: '1,2' },
      target: 0.999,
      window: { kind: 'rolling', durationMs: 28 * 86_400_000 },
      indicator: {
        kind: 'events',
        outcome: 'bad',
        query: { text: `sum(increase(${errors}[{{.window}}]))`, counts: 'events' },
        total: { text: `sum(increase(${all}[{{.window}}]))`, counts: 'events' },
      },
      place: { file: 'a.yaml', line: 10 },
    }),
  ]);
});

test('several objectives on one SLI become several SLOs', () => {
  const text = slo(
    'indicatorRef: requests\nobjectives: [{ target: 0.99, displayName: Good }, { targetPercent: 99.9 }]',
  );
  expect(
    read(text, sli, source).objectives.map(({ name, displayName, target }) => [name, displayName, target]),
  ).toEqual([
    ['availability-1', 'Shop availability: Good', 0.99],
    ['availability-2', 'Shop availability: objective 2', 0.999],
  ]);
});

test('time slices, thresholds and ready-made ratios are told apart', () => {
  const threshold =
    'indicator: { spec: { thresholdMetric: { metricSource: { type: Prometheus, spec: { query: p95 } } } } }';
  const raw =
    'indicator: { spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: Prometheus, spec: { query: ok } } } } } }';
  const counted = (series: string) => `(sum(increase(${series}[1m])))`;
  const indicators = [
    slo(`${threshold}\nobjectives: [{ target: 0.99, op: lt, value: 0.3 }]`),
    slo(
      `${threshold}\nobjectives: [{ target: 0.99, op: lt, value: 0.3, timeSliceTarget: 0.9, timeSliceWindow: 5 }]`,
    ).replace('Occurrences', 'Timeslices'),
    slo('indicatorRef: requests\nobjectives: [{ target: 0.99, timeSliceWindow: 1m }]').replace(
      'Occurrences',
      'RatioTimeslices',
    ),
    slo(`${raw}\nobjectives: [{ target: 0.99 }]`),
  ].map((text) => read(text, sli, source).objectives[0]?.indicator);
  expect(indicators).toEqual([
    { kind: 'slices', bad: '(p95) >= bool 0.3', sliceMs: 60_000 },
    { kind: 'slices', bad: '(avg_over_time(((p95) >= bool 0.3)[5m:15s])) > bool 0.1', sliceMs: 300_000 },
    {
      kind: 'slices',
      bad: `((${counted(errors)} or ${counted(all)} * 0)) / (${counted(all)} > 0)`,
      sliceMs: 60_000,
    },
    { kind: 'share', bad: { text: '1 - avg_over_time((ok)[{{.window}}:1m])', counts: 'unknown' } },
  ]);
});

test('a calendar window keeps its start and its time zone', () => {
  const window =
    'timeWindow: [{ duration: 1Q, calendar: { startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin } }]';
  const { objectives } = read(slo(`indicatorRef: requests\n${window}\nobjectives: [{ target: 0.9 }]`), sli, source);
  expect(objectives[0]?.window).toEqual({
    kind: 'calendar',
    unit: 'quarter',
    count: 1,
    timeZone: 'Europe/Berlin',
    anchor: '2026-01-01T00:00:00',
  });
});

test('a policy of its own takes the place of the tiers', () => {
  const policies = `
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: burns }
spec:
  alertWhenBreaching: true
  alertWhenNoData: false
  conditions: [{ conditionRef: twice }]
  notificationTargets: [{ targetRef: mail }]
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: { name: twice }
spec:
  severity: page
  condition: { kind: burnrate, op: gte, threshold: 2, lookbackWindow: 1h, alertAfter: 5m }
`;
  const spec = 'indicatorRef: requests\nalertPolicies: [{ alertPolicyRef: burns }]\nobjectives: [{ target: 0.9 }]';
  expect(read(slo(spec), sli, `${source}---${policies}`).objectives[0]?.alerting).toMatchObject({
    page: { enabled: false },
    ticket: { enabled: false },
    absent: false,
    burnAlerts: [
      {
        name: 'burns',
        severity: 'page',
        operator: '>=',
        burnRate: 2,
        windowMs: 3_600_000,
        forMs: 300_000,
        labels: { notification_target: 'mail' },
      },
    ],
  });
  expect(read(slo(spec), sli, source).problems).toEqual([
    expect.objectContaining({
      path: 'spec.alertPolicies.0.alertPolicyRef',
      message: 'There is no AlertPolicy named burns.',
    }),
  ]);
});

test.each([
  ['indicatorRef: nowhere\nobjectives: [{ target: 0.9 }]', 'There is no SLI named nowhere', 'spec.indicatorRef'],
  ['indicatorRef: requests\nobjectives: [{ target: 99 }]', 'A target of 99 is no share', 'spec.objectives.0.target'],
  [
    'indicatorRef: requests\nobjectives: [{ targetPercent: 100 }]',
    'leaves no error budget',
    'spec.objectives.0.targetPercent',
  ],
  [
    'indicatorRef: requests\nobjectives: [{ target: 0.9, compositeWeight: 2 }]',
    'Weights',
    'spec.objectives.0.compositeWeight',
  ],
  [
    'indicatorRef: requests\ntimeWindow: [{ duration: 4x }]\nobjectives: [{ target: 0.9 }]',
    '"4x" is no length',
    'spec.timeWindow.0.duration',
  ],
  ['indicatorref: requests\nobjectives: [{ target: 0.9 }]', 'There is no setting "indicatorref"', 'spec.indicatorref'],
])('%j is refused, with its place', (spec, message, path) => {
  const { problems } = read(slo(spec), sli, source);
  expect(problems[0]).toMatchObject({ file: 'a.yaml', path, message: expect.stringContaining(message) });
  expect(problems[0]?.line).toBeGreaterThan(1);
  expect(problems[0]?.remedy).not.toBe('');
});

test('a fault of an SLI is told where that stands, not at each of its users', () => {
  const broken = sli.replace(`sum(${errors})`, 'sum(rate(x[5m]))');
  const { problems } = read(slo('indicatorRef: requests\nobjectives: [{ target: 0.9 }]'), broken, source);
  expect(problems.map(({ file, path }) => [file, path])).toEqual([
    ['a.yaml', 'spec.indicatorRef'],
    ['b.yaml', 'spec.ratioMetric.bad.metricSource.spec.query'],
  ]);
});

test('a source that does not speak PromQL and an older version are refused', () => {
  const foreign = source.replace('VictoriaMetrics', 'Datadog');
  const text = slo('indicatorRef: requests\nobjectives: [{ target: 0.9 }]');
  expect(read(text, sli, foreign).problems[1]?.message).toBe('A source of type Datadog cannot be asked.');
  expect(read(text.replace('openslo/v1', 'openslo/v1alpha')).problems).toEqual([
    expect.objectContaining({ line: 2, message: 'openslo/v1alpha is not read.' }),
  ]);
});

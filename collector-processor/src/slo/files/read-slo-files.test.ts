import { describe, expect, test } from '@jest/globals';
import { readSloFiles } from './read-slo-files.ts';

const read = (...texts: readonly string[]) =>
  readSloFiles(texts.map((text, index) => ({ name: `${'abc'[index] ?? 'x'}.yaml`, text })));

const errors = 'http_requests_total{code=~"5.."}';
const all = 'http_requests_total';

describe('OpenSLO', () => {
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
      "indicatorRef: requests\nobjectives: [{ target: 0.99, displayName: Good }, { targetPercent: 99.9 }]",
    );
    expect(read(text, sli, source).objectives.map(({ name, displayName, target }) => [name, displayName, target])).toEqual(
      [
        ['availability-1', 'Shop availability: Good', 0.99],
        ['availability-2', 'Shop availability: objective 2', 0.999],
      ],
    );
  });

  test('time slices, thresholds and ready-made ratios are told apart', () => {
    const threshold = 'indicator: { spec: { thresholdMetric: { metricSource: { type: Prometheus, spec: { query: p95 } } } } }';
    const raw = 'indicator: { spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: Prometheus, spec: { query: ok } } } } } }';
    const counted = (series: string) => `(sum(increase(${series}[1m])))`;
    const indicators = [
      slo(`${threshold}\nobjectives: [{ target: 0.99, op: lt, value: 0.3 }]`),
      slo(`${threshold}\nobjectives: [{ target: 0.99, op: lt, value: 0.3, timeSliceTarget: 0.9, timeSliceWindow: 5 }]`).replace(
        'Occurrences',
        'Timeslices',
      ),
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
    const window = "timeWindow: [{ duration: 1Q, calendar: { startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin } }]";
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
      expect.objectContaining({ path: 'spec.alertPolicies.0.alertPolicyRef', message: 'There is no AlertPolicy named burns.' }),
    ]);
  });

  test.each([
    ['indicatorRef: nowhere\nobjectives: [{ target: 0.9 }]', 'There is no SLI named nowhere', 'spec.indicatorRef'],
    ['indicatorRef: requests\nobjectives: [{ target: 99 }]', 'A target of 99 is no share', 'spec.objectives.0.target'],
    ['indicatorRef: requests\nobjectives: [{ targetPercent: 100 }]', 'leaves no error budget', 'spec.objectives.0.targetPercent'],
    ['indicatorRef: requests\nobjectives: [{ target: 0.9, compositeWeight: 2 }]', 'Weights', 'spec.objectives.0.compositeWeight'],
    ['indicatorRef: requests\ntimeWindow: [{ duration: 4x }]\nobjectives: [{ target: 0.9 }]', '"4x" is no length', 'spec.timeWindow.0.duration'],
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
});

describe('Sloth', () => {
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
    const text = file.replace(/error_query: .*/, 'error_query: 1 - histogram_share(0.2, sum by (vmrange) (rate(d[{{.window}}])))');
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
});

describe('Pyrra', () => {
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
      expect.objectContaining({ outcome: 'good', query: { text: 'sum (increase(d_bucket{le="1"}[{{.window}}]))', counts: 'events' } }),
      expect.objectContaining({
        total: { text: 'histogram_count(sum (increase(d[{{.window}}])))', counts: 'events' },
        query: expect.objectContaining({ text: expect.stringContaining('histogram_fraction(0, 0.2, ') }),
      }),
      expect.objectContaining({ total: { text: 'sum (count_over_time(probe_success[{{.window}}]))', counts: 'events' } }),
    ]);
  });

  test.each([
    ["{ ratio: { errors: { metric: 'rate(x[5m])' }, total: { metric: y } } }", 'is no selector of one metric'],
    ['{ bool_gauge: { metric: a }, latency: { success: { metric: a }, total: { metric: b } } }', 'An indicator is one of'],
    ['{ latencyNative: { total: { metric: d }, latency: fast } }', '"fast" is no length of time'],
  ])('%s is refused', (indicator, message) => {
    expect(read(pyrra(indicator)).problems[0]?.message).toContain(message);
  });
});

describe('the own form', () => {
  const own = (slo: string) => `version: sentinel/v1\nslos:\n  - ${slo}\n`;
  const base = 'name: checkout\n    service: checkout\n    objective: 99.5\n    ';

  test('requests that Sentinel sees need no query', () => {
    const { objectives, problems } = read(
      own(`${base}window: month\n    time_zone: Europe/Berlin\n    indicator: { requests: { operation: POST /pay, slower_than: 300ms } }`),
    );
    expect(problems).toEqual([]);
    expect(objectives[0]).toMatchObject({
      indicator: {
        kind: 'requests',
        requests: { service: 'checkout', operation: 'POST /pay' },
        bad: { kind: 'slower', thanMs: 300 },
      },
      window: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' },
      place: { file: 'a.yaml', line: 3 },
    });
  });

  test('ratios and thresholds take PromQL; guards and alerts can be set', () => {
    const ratio = read(own(`${base}indicator: { ratio: { good: sum(a), total: sum(b) } }\n    alerts: { min_events: 10, page: { enabled: false } }`));
    expect(ratio.objectives[0]).toMatchObject({
      indicator: { kind: 'events', outcome: 'good' },
      alerting: { minEvents: 10, minFailures: 3, page: { enabled: false }, ticket: { enabled: true } },
    });
    const threshold = read(own(`${base}indicator: { threshold: { query: queue_length, is: '<', value: 100 } }`));
    expect(threshold.objectives[0]?.indicator).toEqual({
      kind: 'slices',
      bad: '(queue_length) >= bool 100',
      sliceMs: 60_000,
    });
  });

  test.each([
    ['window: fortnight\n    indicator: { requests: {} }', '"fortnight" is no window', 'slos.0.window'],
    ['window: week\n    time_zone: Mars\n    indicator: { requests: {} }', 'no time zone Mars', 'slos.0.time_zone'],
    ['indicator: {}', 'An indicator is one of', 'slos.0.indicator'],
    ['indicator: { ratio: { total: b } }', 'A ratio has total and one of', 'slos.0.indicator.ratio'],
    ['indicator: { requests: { slower_than: soon } }', '"soon" is no length', 'slos.0.indicator.requests.slower_than'],
  ])('%s is refused', (text, message, path) => {
    expect(read(own(base + text)).problems).toEqual([
      expect.objectContaining({ path, message: expect.stringContaining(message) }),
    ]);
  });
});

describe('files', () => {
  test('what is no objective is named, with the forms that are', () => {
    expect(read('kind: Pod\napiVersion: v1\n').problems).toEqual([
      expect.objectContaining({ file: 'a.yaml', line: 2, message: expect.stringContaining('no document with objectives') }),
    ]);
    expect(read('- 1\n').problems).toHaveLength(1);
    expect(read('a: [\n').problems[0]).toMatchObject({ line: 2, remedy: expect.stringContaining('YAML') });
  });

  test('empty documents and files are nothing', () => {
    expect(read('', '---\n---\n')).toEqual({ objectives: [], problems: [] });
  });

  test('a name that is taken is refused with both places', () => {
    const text = 'version: sentinel/v1\nslos:\n  - { name: a, service: s, objective: 99, indicator: { requests: {} } }\n';
    expect(read(text, text).problems).toEqual([
      expect.objectContaining({ file: 'b.yaml', line: 3, message: 's has an SLO a already, in a.yaml:3.' }),
    ]);
  });
});

import { expect, test } from '@jest/globals';
import type { Series } from '../../model/anomaly.ts';
import { anAnomaly, aSeries, NOON, wholeOf } from '../../store/testing/builders.ts';
import { IncidentRecord } from '../incidents/incident-record.ts';
import { memberOf } from '../incidents/member.ts';
import { buildCase, type TelemetryView } from './build-case.ts';
import type { SeriesSteps } from './case-series.ts';

const STEP_MS = 10_000;

function incidentOf(...all: Parameters<typeof memberOf>[0][]): IncidentRecord {
  const incident = new IncidentRecord('1', NOON);
  all.forEach((one, index) =>
    incident.apply({
      incidentId: '1',
      sequence: index + 1,
      atMs: NOON,
      actor: '',
      fact: { kind: 'anomaly', anomaly: memberOf(one) },
    }),
  );
  return incident;
}

/** Twenty steps up to five after noon. */
function stepsOf(value: (index: number) => number, expected = 1): SeriesSteps {
  const timeMs = Array.from({ length: 20 }, (_, index) => NOON + (index - 14) * STEP_MS);
  return {
    stepMs: STEP_MS,
    timeMs,
    value: timeMs.map((_, index) => value(index)),
    expected: timeMs.map(() => expected),
    score: timeMs.map(() => 0),
  };
}

function viewOf(
  known: readonly (readonly [Series, SeriesSteps])[],
  links: ReturnType<TelemetryView['links']> = [],
): TelemetryView {
  return {
    series: () => known.map(([series]) => ({ series, title: `title of ${series.id}` })),
    steps: (seriesId) => known.find(([series]) => series.id === seriesId)?.[1],
    links: () => links,
  };
}

const link = { tenant: '', environment: 'production', from: 'checkout', to: 'payment', remote: false };

test('holds the services that are hit and those a call away, as a whole', () => {
  const errors = wholeOf(aSeries({ id: 'a' }));
  const rate = wholeOf(aSeries({ id: 'b', measure: 'rate', service: 'payment' }));
  const stranger = wholeOf(aSeries({ id: 'c', service: 'mail' }));
  const known = [errors, rate, stranger, aSeries({ id: 'part' })].map((series) => [series, stepsOf(() => 1)] as const);
  const facts = buildCase(incidentOf(anAnomaly()), viewOf(known, [link, { ...link, from: 'mail', to: 'post' }]));
  expect(facts.series.map(({ id, service, measure }) => [id, service, measure])).toEqual([
    ['a', 'checkout', 'errors'],
    ['b', 'payment', 'requests'],
  ]);
  expect(facts.calls).toEqual([{ from: 'checkout', to: 'payment', remote: false }]);
  expect(facts.alarm).toEqual({ service: 'checkout', seriesId: 'a', atMs: NOON + STEP_MS, sinceMs: NOON });
});

test('usual is what was before, and what was expected since', () => {
  const known = [[wholeOf(aSeries({ id: 'a' })), stepsOf((index) => (index < 14 ? 2 : 50), 3)] as const];
  const [series] = buildCase(incidentOf(anAnomaly()), viewOf(known)).series;
  expect(new Set(series?.usual)).toEqual(new Set([2, 3]));
  expect(series?.usual.filter((value) => value === 3)).toHaveLength(6);
});

test('earlier trouble is not usual', () => {
  const steps = {
    ...stepsOf((index) => (index < 5 ? 80 : 2), 3),
    score: Array.from({ length: 20 }, (_, index) => (index < 5 ? 4 : 0)),
  };
  const [series] = buildCase(incidentOf(anAnomaly()), viewOf([[wholeOf(aSeries({ id: 'a' })), steps]])).series;
  expect(new Set(series?.usual)).toEqual(new Set([2, 3]));
});

test('kinds of lines are told line by line, as many as there is room for; a series of one step does no harm', () => {
  const line = (id: string, template: string): Series => ({
    ...wholeOf(aSeries({ id, signal: 'logs', measure: 'template_rate', service: 'checkout' })),
    template,
    severity: 'ERROR',
  });
  const one = { stepMs: STEP_MS, timeMs: [NOON], value: [0.3], expected: [Number.NaN], score: [0] };
  const known = [
    [line('a', 'call to payment failed'), one] as const,
    [line('b', 'storm'), stepsOf(() => 1000)] as const,
    [line('c', 'none'), stepsOf(() => Number.NaN)] as const,
  ];
  const members = known.map(([series]) => anAnomaly({ id: series.id, series }));
  const { logs } = buildCase(incidentOf(...members), viewOf(known, [link]));
  expect(buildCase(incidentOf(anAnomaly()), viewOf(known, [link])).logs).toEqual([]);
  expect(logs.map(({ text, names, severity, timesMs }) => [text, names, severity, timesMs.length])).toEqual([
    ['call to payment failed', ['payment'], 'error', 3],
    ['storm', [], 'error', 500],
    ['none', [], 'error', 0],
  ]);
});

test('a database is known by what its callers see of it', () => {
  const seen = { ...wholeOf(aSeries({ id: 'seen', measure: 'p95' })), peer: 'orders-db' };
  const inside = { ...wholeOf(aSeries({ id: 'inside', measure: 'p95' })), peer: 'payment' };
  const known = [seen, inside].map((series) => [series, stepsOf(() => 1)] as const);
  const links = [link, { ...link, to: 'orders-db', remote: true }];
  const { series } = buildCase(incidentOf(anAnomaly()), viewOf(known, links));
  expect(series.map(({ id, service, measure }) => [id, service, measure])).toEqual([['seen', 'orders-db', 'latency']]);
});

test('silence is told by the finding, until now', () => {
  const silent = wholeOf(aSeries({ id: 'silence', measure: 'silence', service: 'payment' }));
  const rate = wholeOf(aSeries({ id: 'a', measure: 'rate' }));
  const incident = incidentOf(anAnomaly({ series: silent, startMs: NOON, state: 'open' }));
  const { series, alarm } = buildCase(incident, viewOf([[rate, stepsOf(() => 1)]], [link]));
  const [, told] = series;
  expect(told).toMatchObject({ id: 'silence', service: 'payment', measure: 'silence', usual: [0] });
  expect(told?.timesMs.at(-1)).toBe(NOON + 5 * STEP_MS);
  expect(alarm).toMatchObject({ service: 'payment', seriesId: 'silence' });
});

test('traces that stay away are told by the finding, other signals that do are not', () => {
  const lost = (id: string, signal: 'traces' | 'logs') =>
    anAnomaly({
      id,
      series: wholeOf(aSeries({ id, measure: 'signal_loss', signal, service: 'payment' })),
      ...{ startMs: NOON, state: 'open' },
    });
  const { series } = buildCase(incidentOf(lost('a', 'traces'), lost('b', 'logs')), viewOf([], [link]));
  expect(series).toMatchObject([{ id: 'a', service: 'payment', measure: 'silence', part: true }]);
});

test('the median of an edge that rises is an alarm on latency, and no error', () => {
  const errors = wholeOf(aSeries({ id: 'errors' }));
  const slow = wholeOf(aSeries({ id: 'slow', measure: 'p95' }));
  const edge = { ...wholeOf(aSeries({ id: 'edge', measure: 'p50' })), peer: 'payment' };
  const known = [errors, slow].map((series) => [series, stepsOf(() => 1)] as const);
  const { alarm } = buildCase(incidentOf(anAnomaly({ series: edge })), viewOf(known, [link]));
  expect(alarm.seriesId).toBe('slow');
});

test('an alarm on the median is held against medians, one on a part against that part', () => {
  const [p50, p95] = (['p50', 'p95'] as const).map((measure) => wholeOf(aSeries({ id: measure, measure })));
  const part = { ...aSeries({ id: 'part', measure: 'p50' }), operation: 'GET /' };
  const known = [p50, p95, part].flatMap((series) =>
    series === undefined ? [] : [[series, stepsOf(() => 1)] as const],
  );
  const facts = buildCase(incidentOf(anAnomaly({ series: part })), viewOf(known));
  expect(facts.series.map(({ id, measure }) => [id, measure])).toEqual([
    ['p50', 'latency'],
    ['part', 'latency'],
  ]);
  expect(facts.alarm.seriesId).toBe('part');
});

test('no series stands for a kind of line', () => {
  const line = { ...wholeOf(aSeries({ id: 'line', signal: 'logs', measure: 'new_template' })), template: 'gone' };
  const known = [wholeOf(aSeries({ id: 'slow', measure: 'p95' })), line].map(
    (series) => [series, stepsOf(() => 1)] as const,
  );
  expect(buildCase(incidentOf(anAnomaly({ series: line })), viewOf(known)).alarm.seriesId).toBe('');
});

test('a kind of line that came for the first time is known by what the finding says', () => {
  const line = {
    ...wholeOf(aSeries({ id: 'line', signal: 'logs', measure: 'new_template' })),
    template: 'store gone',
    severity: 'ERROR',
  };
  const { logs } = buildCase(incidentOf(anAnomaly({ series: line, observed: 6, startMs: NOON })), viewOf([]));
  expect(logs).toMatchObject([
    { service: 'checkout', severity: 'error', text: 'store gone', timesMs: new Array(6).fill(NOON) },
  ]);
});

test('requests of one kind, and those that a service makes itself, tell nothing of what is asked of it', () => {
  const rate = {
    ...wholeOf(aSeries({ id: 'rate', signal: 'metrics', measure: 'rate' })),
    metric: 'http.client.request.duration',
  };
  const [series] = buildCase(incidentOf(anAnomaly()), viewOf([[rate, stepsOf(() => 1)]])).series;
  expect(series).toMatchObject({ measure: 'requests', part: true });
});

test('traces of findings go with what they show', () => {
  const known = [[wholeOf(aSeries({ id: 'a' })), stepsOf(() => 1)] as const];
  const traceIds = ['1', '2', '3', '4', '5', '6'];
  const [series] = buildCase(incidentOf(anAnomaly({ exampleTraceIds: traceIds })), viewOf(known)).series;
  expect(series?.traceIds).toEqual(traceIds.slice(0, 5));
});

test('what earlier incidents came from is part of the case', () => {
  const earlier = [{ service: 'checkout', kind: 'error', times: 3 }];
  expect(buildCase(incidentOf(anAnomaly()), viewOf([]), earlier).earlier).toEqual(earlier);
  expect(buildCase(incidentOf(anAnomaly()), viewOf([]))).not.toHaveProperty('earlier');
});

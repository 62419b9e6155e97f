import { expect, test } from '@jest/globals';
import { ALARM_MS, call, caseOf, changeOf, logOf, seriesOf, silenceOf } from '../testing/case-builder.ts';
import { explainCase } from './explain.ts';

const errors = seriesOf('shop', 'errors', [0.004, 0.142]);
const diff = '@@\n-  register(agents)\n   start()';

test('a change that fits is said first, with what speaks for it', () => {
  const changes = [changeOf('culprit', 'shop', 6, { title: 'deploy of shop 2.4.1', diff })];
  const [first] = explainCase(
    caseOf({ series: [errors], logs: [logOf('shop', 'agents not registered')], changes }),
  ).candidates;
  expect(first).toMatchObject({
    kind: 'change',
    title: 'deploy of shop 2.4.1',
    verdict: 'supported',
    confidence: 'high',
    contradicting: [],
    missing: [],
  });
  expect(first?.supporting.map(({ sentence }) => sentence)).toContain('Shop keeps 100 % of the blame');
});

test('a deploy that came too late is contradicted, and stands last', () => {
  const late = changeOf('decoy', 'shop', 1, { title: 'deploy of shop 2', diff });
  const { candidates } = explainCase(caseOf({ series: [errors], changes: [late] }));
  expect(candidates.map(({ verdict }) => verdict)).toEqual(['supported', 'contradicted']);
  expect(candidates[1]?.contradicting[0]?.sentence).toBe('Trouble began 4 min before it');
});

test('evidence tells value and usual value, and where to look', () => {
  const [first] = explainCase(caseOf({ series: [errors] })).candidates;
  expect(first?.supporting[0]).toMatchObject({
    sentence: expect.stringMatching(/^errors of shop: 14\.\d %, usually 0\.4 %$/),
    seriesId: 'shop errors',
  });
});

test('what may come from below is a symptom and never sure', () => {
  const series = [seriesOf('shop', 'latency', [0.1, 2])];
  const [first] = explainCase(caseOf({ series, calls: [call('shop', 'database', true)] })).candidates;
  expect(first).toMatchObject({ kind: 'symptom', service: 'shop', confidence: 'low' });
});

test('a surge of demand needs no change', () => {
  const series = [seriesOf('shop', 'latency', [0.1, 2]), seriesOf('shop', 'requests', [100, 600])];
  const [first] = explainCase(caseOf({ series, changes: [changeOf('decoy', 'shop', 40)] })).candidates;
  expect(first).toMatchObject({ kind: 'operational', title: 'More requests than usual', verdict: 'supported' });
});

test('nobody is named while the alarm is as usual', () => {
  expect(explainCase(caseOf({ series: [seriesOf('shop', 'errors', [0.1, 0.1])] })).candidates).toEqual([]);
});

test('the same case has the same id and the same bytes', () => {
  const facts = caseOf({ series: [errors] });
  expect(JSON.stringify(explainCase(facts))).toBe(JSON.stringify(explainCase(structuredClone(facts))));
  expect(explainCase(caseOf({ series: [] })).caseId).not.toBe(explainCase(facts).caseId);
});

test('a callee that says nothing at all explains what fails in its caller', () => {
  const silence = silenceOf('cart', 5, 0);
  const stock = [seriesOf('stock', 'errors', [0.004, 0.004]), seriesOf('stock', 'requests', [100, 20])];
  const series = [errors, seriesOf('shop', 'requests', [100, 100]), ...stock, silence];
  const [first] = explainCase(caseOf({ series, calls: [call('shop', 'cart'), call('shop', 'stock')] })).candidates;
  expect(first).toMatchObject({ kind: 'failure', service: 'cart', confidence: 'high' });
  expect(first?.supporting[0]?.sentence).toBe('No telemetry at all from cart');
});

test('a deploy beside the service that keeps the blame is contradicted, and it is said why', () => {
  const series = [seriesOf('stock', 'errors', [0.004, 0.5])];
  const decoy = changeOf('decoy', 'shop', 7, { title: 'deploy of shop 2' });
  const { candidates } = explainCase(caseOf({ series, calls: [call('shop', 'stock')], changes: [decoy] }));
  expect(candidates.map(({ kind, verdict }) => [kind, verdict])).toEqual([
    ['error', 'supported'],
    ['change', 'contradicted'],
  ]);
  expect(candidates[1]?.contradicting.map(({ sentence }) => sentence)).toContain(
    'What is odd in shop is explained by stock, beside it',
  );
});

test('a host that is short of resources stands before the services on it, by its name', () => {
  const cpu = { ...seriesOf('nodes', 'saturation', [0.2, 0.97]), name: 'system.cpu.utilization', place: 'host-4' };
  const [first] = explainCase(caseOf({ series: [seriesOf('shop', 'latency', [0.1, 2]), cpu] })).candidates;
  expect(first).toMatchObject({ kind: 'operational', service: 'host-4', verdict: 'supported' });
});

test('a full pool is saturation though what it brings about is louder; that a service is slow by itself is not sure', () => {
  const pool = seriesOf('shop', 'saturation', [0.2, 1]);
  const slow = seriesOf('shop', 'latency', [0.1, 20]);
  expect(explainCase(caseOf({ series: [slow, pool] })).candidates[0]).toMatchObject({ kind: 'saturation' });
  const own = seriesOf('shop', 'own_time', [0.1, 2]);
  const [first] = explainCase(caseOf({ series: [slow, own], calls: [call('shop', 'database', true)] })).candidates;
  expect(first).toMatchObject({ kind: 'failure', service: 'shop', confidence: 'medium' });
});

test('silence that goes on stays the cause however long the queue grows', () => {
  const silence = silenceOf('worker', 30, 0);
  const depth = { ...seriesOf('queue', 'saturation', [0.1, 900]), name: 'queue.depth' };
  const [first] = explainCase(caseOf({ series: [depth, silence], calls: [call('queue', 'worker')] })).candidates;
  expect(first).toMatchObject({ kind: 'failure', service: 'worker', confidence: 'high' });
});

test('who shows no work any more while work waits is the cause, and otherwise explains nothing of its callers', () => {
  const idle = { ...silenceOf('worker', 5, 0), title: 'No traces from worker', part: true as const };
  const depth = { ...seriesOf('queue', 'saturation', [0.1, 900]), name: 'queue.depth' };
  const calls = [call('queue', 'worker')];
  const [first] = explainCase(caseOf({ series: [depth, idle], calls })).candidates;
  expect(first).toMatchObject({ kind: 'failure', service: 'worker', confidence: 'medium' });
  expect(first?.supporting[0]?.sentence).toBe('No traces from worker');
  const pool = { ...seriesOf('queue', 'saturation', [0.1, 0.99]), name: 'pool.used' };
  const { candidates } = explainCase(caseOf({ series: [pool, idle], calls }));
  expect(candidates[0]).toMatchObject({ service: 'queue' });
  const over = { ...silenceOf('worker', 30, 3), part: true as const };
  const catchingUp = seriesOf('worker', 'requests', [3, 70], 1);
  const later = explainCase(caseOf({ series: [catchingUp, over, depth], calls })).candidates;
  expect(later[0]).toMatchObject({ kind: 'failure', service: 'worker' });
});

test('who hung stays the cause when it works off what waited', () => {
  const depth = { ...seriesOf('queue', 'saturation', [0.1, 900]), name: 'queue.depth' };
  const catchingUp = seriesOf('worker', 'requests', [3, 70], 1);
  const series = [catchingUp, silenceOf('worker', 30, 3), depth];
  const [first] = explainCase(caseOf({ series, calls: [call('queue', 'worker')] })).candidates;
  expect(first).toMatchObject({ kind: 'failure', service: 'worker', confidence: 'high' });
});

test('who takes less though work waits is the cause, also when it says so and fails nothing', () => {
  const depth = { ...seriesOf('queue', 'saturation', [0.1, 900]), name: 'queue.depth' };
  const series = [depth, seriesOf('worker', 'requests', [30, 0])];
  const [first] = explainCase(caseOf({ series, calls: [call('queue', 'worker')] })).candidates;
  expect(first).toMatchObject({ kind: 'failure', service: 'worker' });
});

test('what ran short first is saturation, however loud its effects; a resource that is mostly free is not short', () => {
  const memory = { ...seriesOf('shop', 'saturation', [100, 150], 6), name: 'process.memory.usage', unit: 'By' };
  const slow = seriesOf('shop', 'latency', [0.01, 9], 3);
  const facts = caseOf({ series: [slow, memory] });
  const since = { ...facts, alarm: { ...facts.alarm, sinceMs: ALARM_MS - 6 * 60_000 } };
  expect(explainCase(since).candidates[0]).toMatchObject({ kind: 'saturation' });
  const cpu = { ...seriesOf('shop', 'saturation', [0.05, 0.2]), name: 'process.cpu.utilization', unit: '1' };
  expect(explainCase(caseOf({ series: [errors, cpu] })).candidates[0]).toMatchObject({ kind: 'error' });
});

test('a storm of error lines is an error of who writes them', () => {
  const facts = caseOf({ series: [], logs: [logOf('shop', 'session store unreachable', { count: 400 })] });
  const [first] = explainCase({ ...facts, alarm: { ...facts.alarm, service: 'shop' } }).candidates;
  expect(first).toMatchObject({ kind: 'error', service: 'shop', verdict: 'supported' });
});

test('requests that failed are asked again: the callee is the cause, not who tries', () => {
  const series = [
    seriesOf('stock', 'errors', [0.002, 0.6]),
    seriesOf('stock', 'requests', [100, 230]),
    seriesOf('shop', 'errors', [0.002, 0.08]),
    seriesOf('shop', 'requests', [100, 100]),
  ];
  const [first] = explainCase(caseOf({ series, calls: [call('shop', 'stock')] })).candidates;
  expect(first).toMatchObject({ kind: 'error', service: 'stock' });
  const sends = [
    seriesOf('stock', 'errors', [0.002, 0.3]),
    seriesOf('stock', 'requests', [100, 800]),
    ...series.slice(2),
  ];
  const [other] = explainCase(caseOf({ series: sends, calls: [call('shop', 'stock')] })).candidates;
  expect(other?.service).toBe('shop');
});

test('a queue that fills is a symptom while somebody takes from it', () => {
  const depth = { ...seriesOf('queue', 'saturation', [0.1, 900]), name: 'queue.depth' };
  const [first] = explainCase(caseOf({ series: [depth], calls: [call('queue', 'worker')] })).candidates;
  expect(first).toMatchObject({ kind: 'symptom', confidence: 'low' });
});

test('a database that fails one of its callers only is not at fault; one that fails them all is', () => {
  const seen = (by: string, now: number) => ({ ...seriesOf('db', 'errors', [0.004, now]), id: `db ${by}`, seenBy: by });
  const calls = ['shop', 'cart', 'stock'].map((from) => call(from, 'db', true));
  const others = (now: number) => [seen('cart', now), seen('stock', now)];
  const [own] = explainCase(caseOf({ series: [errors, seen('shop', 0.2), ...others(0.004)], calls })).candidates;
  expect(own?.service).toBe('shop');
  const [shared] = explainCase(caseOf({ series: [errors, seen('shop', 0.2), ...others(0.2)], calls })).candidates;
  expect(shared?.service).toBe('db');
});

test('evidence leads to the traces that show it', () => {
  const [first] = explainCase(caseOf({ series: [{ ...errors, traceIds: ['t1'] }] })).candidates;
  expect(first?.supporting[0]?.traceIds).toEqual(['t1']);
});

test('what earlier incidents came from decides between equals, and is said', () => {
  const both = [seriesOf('cart', 'errors', [0.01, 0.3], 50), seriesOf('mail', 'errors', [0.01, 0.3], 50)];
  const alarm = { service: '', seriesId: '', atMs: ALARM_MS };
  const order = (earlier: NonNullable<Parameters<typeof caseOf>[0]['earlier']>) =>
    explainCase(caseOf({ alarm, series: both, earlier })).candidates;
  expect(order([]).map(({ service }) => service)).toEqual(['cart', 'mail']);
  const [first, second] = order([{ service: 'mail', kind: 'failure', times: 2 }]);
  expect([first?.service, second?.service]).toEqual(['mail', 'cart']);
  const told = order([{ service: 'mail', kind: first?.kind ?? '', times: 2 }])[0]?.supporting.at(-1)?.sentence;
  expect(told).toBe('The first cause of 2 earlier incidents as well');
});

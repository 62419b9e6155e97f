import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Anomaly, Change } from '../model/anomaly.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics, type SelfMetrics } from '../runtime/self-metrics.ts';
import { aChange, anAnomaly, findingId } from '../store/testing/builders.ts';
import { aDuty, type TestDuty } from '../store/testing/duty.ts';
import { createDutyGate, type DutyGate } from './duty-gate.ts';

let duty: TestDuty;
let metrics: SelfMetrics;
let gate: DutyGate;
let told: string[];
let followed: Anomaly[];
let known: string[];
let stored: readonly Change[] | undefined;

const anomaly = (number: number, changes: Partial<Anomaly> = {}) => anAnomaly({ id: findingId(number), ...changes });
const untold = () => metrics.samples().find(({ name }) => name === 'sentinel_untold_events_total')?.value;
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  duty = aDuty('active');
  metrics = createSelfMetrics();
  told = [];
  followed = [];
  known = [];
  stored = [];
  gate = createDutyGate({
    duty,
    tell: {
      anomaly: ({ kind, anomaly: { id, sentence } }) => told.push(`${kind} ${id.slice(-1)} ${sentence}`),
      change: ({ id }) => told.push(`change ${id}`),
      scores: (buckets) => told.push(`scores ${buckets.length}`),
      forecasts: (forecasts) => told.push(`forecasts ${forecasts.length}`),
    },
    followed: () => followed,
    anomalies: { get: (id) => Promise.resolve(known.includes(id) ? anomaly(0) : undefined) },
    changes: {
      list: () =>
        stored === undefined
          ? Promise.reject(new Error('the store is away'))
          : Promise.resolve({ items: stored, total: stored.length, totalIsExact: true }),
    },
    closeOrphans: () => Promise.resolve(void told.push('orphans')),
    maxHeld: 3,
    logger: silentLogger,
    metrics,
  });
});

describe('news', () => {
  test('of the active process go through', async () => {
    await gate.start();
    gate.anomaly({ kind: 'opened', anomaly: anomaly(1, { sentence: 'up' }) });
    gate.change(aChange({ id: 'c' }));
    gate.scores([]);
    await settled();
    expect(told).toEqual(['orphans', 'opened 1 up', 'scores 0', 'change c']);
  });

  test('of a standby go nowhere, and are counted', async () => {
    duty.become('standby');
    await gate.start();
    gate.anomaly({ kind: 'opened', anomaly: anomaly(1) });
    gate.change(aChange());
    gate.scores([]);
    await gate.settle();
    expect(told).toEqual([]);
    expect(untold()).toBe(2);
  });

  test('are held back while it is not sure, the newest state of each, and told when it is', async () => {
    await gate.start();
    duty.become('suspended');
    gate.anomaly({ kind: 'opened', anomaly: anomaly(1, { sentence: 'up' }) });
    gate.anomaly({ kind: 'updated', anomaly: anomaly(1, { sentence: 'higher' }) });
    gate.anomaly({ kind: 'updated', anomaly: anomaly(1, { sentence: 'highest' }) });
    gate.anomaly({ kind: 'closed', anomaly: anomaly(1, { sentence: 'over' }) });
    expect(told).toEqual(['orphans']);
    duty.become('active');
    expect(told).toEqual(['orphans', 'opened 1 up', 'updated 1 highest', 'closed 1 over']);
    expect(untold()).toBe(0);
  });

  test('that are held back are bounded, and given up when another has taken over', async () => {
    await gate.start();
    duty.become('suspended');
    for (let number = 1; number <= 5; number++) gate.anomaly({ kind: 'opened', anomaly: anomaly(number) });
    expect(untold()).toBe(2);
    duty.become('standby');
    expect(untold()).toBe(5);
    duty.become('active');
    await settled();
    expect(told).toEqual(['orphans', 'orphans']);
  });
});

describe('taking over', () => {
  test('closes what the other left open, then tells what is open here: as new, or as known', async () => {
    duty.become('standby');
    await gate.start();
    followed = [anomaly(1, { sentence: 'new' }), anomaly(2, { sentence: 'known' })];
    known = [findingId(2)];
    duty.become('active');
    await settled();
    expect(told).toEqual(['orphans', 'opened 1 new', 'updated 2 known']);
  });

  test('before the stages run does nothing: their start sees to it', async () => {
    duty.become('standby');
    duty.become('active');
    await settled();
    expect(told).toEqual([]);
    await gate.start();
    expect(told).toEqual(['orphans']);
  });
});

describe('a change', () => {
  const seen = aChange({ id: 'seen here', service: 'cart', environment: 'prod', to: '2.0' });

  test.each([
    ['that the process before has told of is not told again', [aChange({ ...seen, id: 'told there' })], 0],
    ['is told when the last one was another', [aChange({ ...seen, to: '3.0' }), aChange({ ...seen, id: 'older' })], 1],
    ['is told when it was in another environment', [aChange({ ...seen, environment: 'test' })], 1],
    ['is told when the store does not answer', undefined, 1],
  ])('%s', async (_name, inStore, times) => {
    await gate.start();
    stored = inStore;
    gate.change(seen);
    await settled();
    expect(told.filter((text) => text.startsWith('change'))).toHaveLength(times);
  });
});

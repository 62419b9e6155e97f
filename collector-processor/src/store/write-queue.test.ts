import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Clock, systemClock } from '../runtime/clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics, type SelfMetrics } from '../runtime/self-metrics.ts';
import { alwaysActive, type Duty, DutyLost, type DutyState, type Permit } from './duty.ts';
import type { StoreDatabase } from './schema.ts';
import { createWriteQueue, type Put, type WriteQueue } from './write-queue.ts';

interface Row {
  readonly key: string;
  readonly state: string;
}

/** Stands for the database: a transaction takes effect when its callback does not throw. */
const db = {
  transaction: () => ({ execute: (work: (db: unknown) => Promise<void>) => work(db) }),
} as unknown as StoreDatabase;

let groups: Row[][];
let fault: ((rows: readonly Row[]) => Error | undefined) | undefined;
let metrics: SelfMetrics;
let queue: WriteQueue;
let put: Put<Row>;
let wake: () => void;
let permit: Permit | undefined;
let proven: number;
let state: DutyState;

/** Sleeps until the test says so. */
const heldClock: Clock = {
  ...systemClock,
  sleep: (_ms, signal) =>
    new Promise((resolve) => {
      wake = resolve;
      if (signal?.aborted === true) resolve();
      else signal?.addEventListener('abort', () => resolve());
    }),
};

beforeEach(() => {
  groups = [];
  fault = undefined;
  proven = 0;
  permit = { verify: () => Promise.resolve(proven++).then(() => undefined) };
  metrics = createSelfMetrics();
  state = 'active';
  const duty: Duty = { ...alwaysActive, state: () => state, permit: () => permit };
  const common = { duty, clock: heldClock, logger: silentLogger, metrics };
  queue = createWriteQueue({ db, queueSize: 3, commitInterval: 50, ...common });
  put = queue.lane<Row>('rows', (_db, rows) => {
    const thrown = fault?.(rows);
    if (thrown !== undefined) return Promise.reject(thrown);
    groups.push([...rows]);
    return Promise.resolve();
  });
});
afterEach(() => queue.close());

const locked = Object.assign(new Error('database is locked'), { errcode: 5 });
const row = (key: string, state = 'new'): { key: string; row: Row; droppable: boolean } => ({
  key,
  row: { key, state },
  droppable: false,
});
const update = (key: string, state = 'updated') => ({ ...row(key, state), droppable: true });
const sample = (name: string): number | undefined => metrics.samples().find((found) => found.name === name)?.value;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

async function commit(): Promise<void> {
  wake();
  await settle();
}

test('writes of one interval are one group, the newest state of each row only', async () => {
  const outcomes = [put(row('a')), put(row('b')), put(update('a', 'newer'))];
  expect(groups).toEqual([]);
  await commit();
  expect(groups).toEqual([
    [
      { key: 'a', state: 'newer' },
      { key: 'b', state: 'new' },
    ],
  ]);
  expect(await Promise.all(outcomes)).toEqual([{ kind: 'stored' }, { kind: 'stored' }, { kind: 'stored' }]);
});

test('a full queue drops new updates and counts them', async () => {
  for (const key of ['a', 'b', 'c']) void put(row(key));
  expect(await put(update('d'))).toEqual({ kind: 'dropped' });
  void put(update('a', 'newer'));
  expect(sample('sentinel_store_dropped_updates_total')).toBe(1);
  expect(sample('sentinel_store_queue_rows')).toBe(3);
  await commit();
  expect(groups[0]).toEqual([
    { key: 'a', state: 'newer' },
    { key: 'b', state: 'new' },
    { key: 'c', state: 'new' },
  ]);
});

test('an opening takes the place of the oldest update', async () => {
  const displaced = put(update('a'));
  void put(row('b'));
  const kept = put(update('c'));
  void put(row('d'));
  expect(await displaced).toEqual({ kind: 'dropped' });
  await commit();
  expect(await kept).toEqual({ kind: 'stored' });
  expect(groups[0]?.map(({ key }) => key)).toEqual(['b', 'c', 'd']);
});

test('an opening with a waiting update is not displaced', async () => {
  const opened = put(row('a'));
  void put(update('a', 'newer'));
  void put(row('b'));
  void put(row('c'));
  expect(await put(row('d'))).toEqual({ kind: 'failed', reason: 'The queue of the store is full.' });
  await commit();
  expect(await opened).toEqual({ kind: 'stored' });
});

test('a passing fault keeps the rows, in their newest state, until it has passed', async () => {
  fault = () => locked;
  const first = put(row('a'));
  const second = put(row('b'));
  wake();
  const newer = put(update('a', 'newer'));
  await settle();
  expect(queue.problem()).toBe('database is locked');
  expect(sample('sentinel_store_retries_total')).toBe(1);
  fault = undefined;
  await commit();
  expect(await Promise.all([first, second, newer])).toEqual([
    { kind: 'stored' },
    { kind: 'stored' },
    { kind: 'stored' },
  ]);
  expect(groups.flat().toSorted((left, right) => left.key.localeCompare(right.key))).toEqual([
    { key: 'a', state: 'newer' },
    { key: 'b', state: 'new' },
  ]);
  expect(queue.problem()).toBeUndefined();
});

test('a row put back stays one that may not be dropped, also when an update came meanwhile', async () => {
  let failures = 0;
  fault = () => {
    // While the group is being written, an update of the same row arrives.
    if (failures++ > 0) return undefined;
    void put(update('a', 'newer'));
    return locked;
  };
  const opened = put(row('a'));
  await commit();
  void put(row('b'));
  void put(row('c'));
  expect(await put(row('d'))).toMatchObject({ kind: 'failed' });
  await commit();
  expect(await opened).toEqual({ kind: 'stored' });
});

test('one bad row does not take its neighbours', async () => {
  fault = (rows) => (rows.some(({ key }) => key === 'b') ? new Error('constraint failed') : undefined);
  const outcomes = ['a', 'b', 'c'].map((key) => put(row(key)));
  await commit();
  expect(await Promise.all(outcomes)).toEqual([
    { kind: 'stored' },
    { kind: 'failed', reason: 'constraint failed' },
    { kind: 'stored' },
  ]);
  expect(sample('sentinel_store_failed_rows_total')).toBe(1);
});

test('closing writes what waits', async () => {
  const outcome = put(row('a'));
  await queue.close();
  expect(await outcome).toEqual({ kind: 'stored' });
  expect(await put(row('b'))).toEqual({ kind: 'failed', reason: 'The store is closed.' });
});

test('closing does not wait for a fault to pass: the writers are told', async () => {
  fault = () => locked;
  const outcome = put(row('a'));
  await queue.close();
  expect(await outcome).toEqual({ kind: 'failed', reason: 'database is locked' });
  expect(sample('sentinel_store_failed_rows_total')).toBe(1);
});

describe('where another process may take over', () => {
  test('each transaction proves first that this one is active', async () => {
    void put(row('a'));
    await commit();
    expect([proven, groups.length]).toEqual([1, 1]);
    fault = (rows) => (rows.some(({ key }) => key === 'bad') ? new Error('constraint failed') : undefined);
    void put(row('bad'));
    void put(row('b'));
    await commit();
    expect([proven, groups.length]).toEqual([4, 2]);
  });

  test('rows wait while it is not sure to be', async () => {
    permit = undefined;
    const outcome = put(row('a'));
    await commit();
    expect(groups).toEqual([]);
    permit = { verify: () => Promise.resolve() };
    await commit();
    expect(await outcome).toEqual({ kind: 'stored' });
  });

  test('what it no longer may write is not written, and its writers are told', async () => {
    permit = { verify: () => Promise.reject(new DutyLost()) };
    const outcomes = [put(row('a')), put(row('b'))];
    await commit();
    expect(await Promise.all(outcomes)).toEqual([
      { kind: 'failed', reason: expect.stringContaining('taken over') },
      { kind: 'failed', reason: expect.stringContaining('taken over') },
    ]);
    expect(groups).toEqual([]);
    expect(sample('sentinel_store_failed_rows_total')).toBe(2);
  });

  test('what waits can be given up', async () => {
    fault = () => locked;
    const outcome = put(row('a'));
    await commit();
    expect(queue.problem()).toBeDefined();
    queue.discard();
    expect(queue.problem()).toBeUndefined();
    expect(await outcome).toEqual({ kind: 'failed', reason: expect.stringContaining('active one') });
    expect(sample('sentinel_store_queue_rows')).toBe(0);
  });

  test('a standby takes no rows; those that were on their way when it became one are given up', async () => {
    fault = () => {
      state = 'standby';
      queue.discard();
      return locked;
    };
    const outcome = put(row('a'));
    await commit();
    expect(await outcome).toMatchObject({ kind: 'failed' });
    expect(await put(row('b'))).toMatchObject({ kind: 'failed' });
    expect(sample('sentinel_store_queue_rows')).toBe(0);
  });
});

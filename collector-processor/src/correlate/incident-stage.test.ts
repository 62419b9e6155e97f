import { afterEach, expect, jest, test } from '@jest/globals';
import type { Anomaly, Change } from '../model/anomaly.ts';
import { systemClock } from '../runtime/clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { openStore } from '../store/open-store.ts';
import { aChange, anAnomaly, aSeries, findingId, NOON } from '../store/testing/builders.ts';
import { storeOptions } from '../store/testing/store-kinds.ts';
import { IncidentStage } from './incident-stage.ts';

const options = {
  ...{ joinWithin: 300_000, watchFor: 60_000, changeLookback: 60_000, maxAnomalies: 10, interval: 60_000 },
  ...{ demoteAfter: 2, demoteWithin: 3_600_000 },
};
const around = {
  distance: (_place: unknown, [left, right]: readonly [string, string]) => (left === right ? 0 : Infinity),
  runsAt: () => false,
};
const view = { series: () => [], steps: () => undefined, links: () => [] };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openLedger() {
  const metrics = createSelfMetrics();
  const store = await openStore({ options: storeOptions, clock: systemClock, logger: silentLogger, metrics });
  closing.push(() => store.close());
  const changes: Change[] = [];
  return {
    ...store.incidents,
    changes,
    changesSince: () => Promise.resolve(changes),
    endedEvents: () => store.incidents.events('1'),
    keepCase: store.incidentCases.keep,
  };
}

function newStage(
  ledger: Awaited<ReturnType<typeof openLedger>>,
  part: { isActive?: () => boolean; followed?: () => readonly Anomaly[] } = {},
) {
  const clock = { ...systemClock, nowMs: () => NOON };
  const metrics = createSelfMetrics();
  const onIncident = jest.fn();
  const common = { ledger, around, view, onIncident, clock, logger: silentLogger, metrics };
  const stage = new IncidentStage({ options, isActive: () => true, followed: () => [], ...common, ...part });
  closing.push(() => stage.stop());
  return { stage, metrics, onIncident };
}

async function startStage(...[ledger, part]: Parameters<typeof newStage>) {
  const made = newStage(ledger, part);
  await made.stage.start();
  return made;
}

test('findings become incidents that the store keeps, and people change them', async () => {
  const ledger = await openLedger();
  const { stage, onIncident } = await startStage(ledger);
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  stage.change(aChange({ service: 'checkout' }));
  await Promise.resolve();
  expect(onIncident).toHaveBeenCalledTimes(1);
  expect(onIncident).toHaveBeenLastCalledWith(
    expect.objectContaining({ id: '1', title: 'Errors in checkout' }),
    expect.objectContaining({ sequence: 3 }),
  );
  expect(stage.desk.allowed({ state: 'open', mergedInto: '' })).toContain('acknowledge');
  expect(await stage.desk.command('1', { kind: 'acknowledge' }, 'Ana')).toMatchObject({
    kind: 'done',
    incident: { state: 'acknowledged', owner: 'Ana' },
  });
  expect(await stage.desk.note('1', 'hello', 'Ana')).toMatchObject({ kind: 'done' });
  const kinds = (await ledger.events('1')).map(({ fact }) => fact.kind);
  expect(kinds).toEqual(['opened', 'anomaly', 'change', 'state', 'owner', 'note']);
  expect(await stage.desk.command('2', { kind: 'mitigate' }, 'Ana')).toEqual({ kind: 'unknown' });
});

test('after a restart it goes on with what was open, and gives no id twice', async () => {
  const ledger = await openLedger();
  const first = await startStage(ledger);
  first.stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  await first.stage.stop();
  const { stage } = await startStage(ledger, { followed: () => [anAnomaly()] });
  stage.anomaly({ kind: 'closed', anomaly: anAnomaly({ state: 'closed' }) });
  stage.anomaly({
    kind: 'opened',
    anomaly: anAnomaly({ id: findingId(2), series: aSeries({ service: 'search' }), exampleTraceIds: [] }),
  });
  await stage.stop();
  expect((await ledger.events('1')).map(({ fact }) => fact.kind)).toEqual(['opened', 'anomaly', 'anomaly']);
  expect((await ledger.get('2'))?.services).toEqual(['search']);
});

test('one that is over can be reopened, with all that happened to it', async () => {
  const { stage } = await startStage(await openLedger());
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  await stage.desk.command('1', { kind: 'close', reason: 'a drill' }, 'Ana');
  expect(stage.desk.allowed({ state: 'closed', mergedInto: '' })).toEqual(['reopen', 'assign']);
  expect(await stage.desk.command('1', { kind: 'reopen', reason: 'it was none' }, 'Ana')).toMatchObject({
    kind: 'done',
    incident: { state: 'open', anomalies: 1 },
  });
});

test('what ended while nobody was told ends with the next start, and what began is taken in', async () => {
  const ledger = await openLedger();
  const first = await startStage(ledger);
  first.stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  await first.stage.stop();
  const begun = anAnomaly({ id: findingId(2), series: aSeries({ service: 'search' }), exampleTraceIds: [] });
  await (await startStage(ledger, { followed: () => [begun] })).stage.stop();
  expect(await ledger.get('1')).toMatchObject({ firing: 0, state: 'watching' });
  expect(await ledger.get('2')).toMatchObject({ firing: 1, services: ['search'] });
});

test('notes and owners are taken of one that is over', async () => {
  const { stage } = await startStage(await openLedger());
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  await stage.desk.command('1', { kind: 'close', reason: 'a drill' }, 'Ana');
  expect(await stage.desk.note('1', 'hello', 'Ana')).toMatchObject({ kind: 'done', incident: { state: 'closed' } });
  expect(await stage.desk.command('1', { kind: 'assign', owner: 'Leo' }, 'Ana')).toMatchObject({
    incident: { owner: 'Leo' },
  });
});

test('what is said while the book is still read is said of one that is over, too', async () => {
  const ledger = await openLedger();
  const before = await startStage(ledger);
  before.stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  await before.stage.desk.command('1', { kind: 'close', reason: 'a drill' }, 'Ana');
  await before.stage.stop();
  const starting = newStage(ledger);
  const started = starting.stage.start();
  expect(await starting.stage.desk.note('1', 'hello', 'Ana')).toMatchObject({ incident: { state: 'closed' } });
  await started;
});

test('a fault in the book is counted and ends nothing', async () => {
  const ledger = await openLedger();
  const { stage, metrics } = await startStage(ledger, {
    followed: () => {
      throw new Error('broken');
    },
  });
  expect(metrics.render()).toContain('sentinel_incident_faults_total 1');
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  expect(await stage.desk.note('1', 'hello', 'Ana')).toMatchObject({ kind: 'done' });
});

test('merging with one that is not there, and splitting off everything, is refused with the reason', async () => {
  const { stage } = await startStage(await openLedger());
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  expect(await stage.desk.merge('1', ['7'], 'Ana')).toEqual({ kind: 'refused', why: 'There is no open incident 7.' });
  expect(await stage.desk.split('1', [findingId(1)], 'Ana')).toMatchObject({ kind: 'refused' });
});

test('a standby makes no incidents and says so', async () => {
  const ledger = await openLedger();
  const { stage } = await startStage(ledger, { isActive: () => false });
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  expect(await stage.desk.note('1', 'hello', 'Ana')).toEqual({
    kind: 'unavailable',
    why: 'This Sentinel is not the active one.',
  });
  expect(await ledger.lastId()).toBe(0);
});

test('a change that cannot be stored is told to who made it, and counted', async () => {
  const ledger = await openLedger();
  const broken = { ...ledger, record: () => Promise.resolve({ kind: 'failed', reason: 'The disk is full.' } as const) };
  const { stage, metrics } = await startStage(broken);
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  expect(await stage.desk.note('1', 'hello', 'Ana')).toEqual({ kind: 'unavailable', why: 'The disk is full.' });
  expect(metrics.render()).toContain('sentinel_incident_unrecorded_events_total 3');
});

test('a change from before the restart joins an incident that opens after it', async () => {
  const ledger = await openLedger();
  ledger.changes.push(aChange({ service: 'checkout', timeMs: NOON - 30_000 }));
  const { stage } = await startStage(ledger);
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  await stage.stop();
  expect((await ledger.events('1')).map(({ fact }) => fact.kind)).toEqual(['opened', 'anomaly', 'change']);
});

test('an alert from outside opens an incident, findings of its service join it, and told twice it is one', async () => {
  const ledger = await openLedger();
  const { stage } = await startStage(ledger);
  const alert = { id: 'alert:1', name: 'HighErrors', service: 'checkout', startMs: NOON };
  stage.alert(alert, '');
  stage.alert(alert, '');
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  stage.alert({ ...alert, endMs: NOON + 1000 }, '');
  stage.alert({ id: 'alert:2', name: 'Ended', service: 'search', startMs: NOON, endMs: NOON }, '');
  await stage.stop();
  expect((await ledger.events('1')).map(({ fact }) => fact.kind)).toEqual(['opened', 'alert', 'anomaly', 'alert']);
  expect(await ledger.get('1')).toMatchObject({ firing: 1, services: ['checkout'] });
  expect(await ledger.lastId()).toBe(1);
});

test('a task is a part of the timeline, and there are no more than can be read', async () => {
  const ledger = await openLedger();
  const { stage } = await startStage(ledger);
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  for (let task = 0; task < 100; task++)
    expect(await stage.desk.task('1', { id: String(task), text: 'look', done: false }, 'Ana')).toMatchObject({
      kind: 'done',
    });
  expect(await stage.desk.task('1', { id: '100', text: 'look', done: false }, 'Ana')).toMatchObject({
    kind: 'refused',
  });
  expect(await stage.desk.task('1', { id: '7', text: 'look', done: true }, 'Ana')).toMatchObject({ kind: 'done' });
  expect((await ledger.events('1')).at(-1)).toMatchObject({
    actor: 'Ana',
    fact: { kind: 'task', task: { id: '7', done: true } },
  });
  expect(await stage.desk.task('5', { id: 'a', text: 'look', done: false }, 'Ana')).toEqual({ kind: 'unknown' });
});

test('killed in the middle it goes on with the same incident, in the same order, and nothing is told twice', async () => {
  const ledger = await openLedger();
  const { stage } = await startStage(ledger);
  const [first, second] = [anAnomaly(), anAnomaly({ id: findingId(2) })];
  stage.anomaly({ kind: 'opened', anomaly: first });
  stage.anomaly({ kind: 'opened', anomaly: second });
  expect(await stage.desk.note('1', 'seen', 'Ana')).toMatchObject({ kind: 'done' });
  const before = await ledger.events('1');
  // Not stopped: a second one begins where a killed one was, and the score stage tells again what it still follows.
  const next = await startStage(ledger, { followed: () => [first, second] });
  for (const anomaly of [first, second]) next.stage.anomaly({ kind: 'opened', anomaly });
  expect(before).toHaveLength(4);
  next.stage.anomaly({ kind: 'closed', anomaly: { ...first, state: 'closed' } });
  await next.stage.stop();
  const after = await ledger.events('1');
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.map(({ sequence }) => sequence)).toEqual(after.map((_event, index) => index + 1));
  expect(after.map(({ fact }) => fact.kind)).toEqual(['opened', 'anomaly', 'anomaly', 'note', 'anomaly']);
  expect(await ledger.lastId()).toBe(1);
});

test('a store that is away holds up no stop', async () => {
  const ledger = { ...(await openLedger()), record: () => new Promise<never>(() => undefined) };
  const { stage } = await startStage(ledger);
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  await expect(stage.stop()).resolves.toBeUndefined();
});

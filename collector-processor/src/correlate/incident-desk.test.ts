import { afterEach, expect, test } from '@jest/globals';
import { anAnomaly, aSeries, findingId } from '../store/testing/builders.ts';
import { closeAll, newStage, openLedger, startStage } from './testing/stages.ts';

afterEach(closeAll);

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

test('merging with one that is not there, and splitting off everything, is refused with the reason', async () => {
  const { stage } = await startStage(await openLedger());
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  expect(await stage.desk.merge('1', ['7'], 'Ana')).toEqual({ kind: 'refused', why: 'There is no open incident 7.' });
  expect(await stage.desk.split('1', [findingId(1)], 'Ana')).toMatchObject({ kind: 'refused' });
});

test('merging more than one incident may hold is refused, and both stay as they are', async () => {
  const { stage } = await startStage(await openLedger());
  const places = ['checkout', 'search'] as const;
  for (const [place, service] of places.entries())
    for (let at = 0; at < 6; at++)
      stage.anomaly({
        kind: 'opened',
        anomaly: anAnomaly({ id: findingId(10 * place + at), series: aSeries({ service }), exampleTraceIds: [] }),
      });
  expect(await stage.desk.merge('1', ['2'], 'Ana')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('10'),
  });
  expect(await stage.desk.note('2', 'still here', 'Ana')).toMatchObject({ incident: { anomalies: 6, state: 'open' } });
});

test('a change that cannot be stored is told to who made it, and counted', async () => {
  const ledger = await openLedger();
  const broken = { ...ledger, record: () => Promise.resolve({ kind: 'failed', reason: 'The disk is full.' } as const) };
  const { stage, metrics } = await startStage(broken);
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  expect(await stage.desk.note('1', 'hello', 'Ana')).toEqual({ kind: 'unavailable', why: 'The disk is full.' });
  expect(metrics.render()).toContain('sentinel_incident_unrecorded_events_total 3');
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

import { afterEach, expect, test } from '@jest/globals';
import { aChange, anAnomaly, aSeries, findingId, NOON } from '../store/testing/builders.ts';
import { closeAll, openLedger, startStage } from './testing/stages.ts';

afterEach(closeAll);

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

test('an alert is taken when it is stored, and a standby or a full disk says why it is not', async () => {
  const ledger = await openLedger();
  const alert = { id: 'alert:1', name: 'HighErrors', service: 'checkout', startMs: NOON };
  const { stage } = await startStage(ledger);
  expect(await stage.alert(alert, '')).toBe('');
  expect(await ledger.events('1')).toHaveLength(2);
  const standby = await startStage(ledger, { isActive: () => false });
  expect(await standby.stage.alert(alert, '')).toMatch(/not the active one/);
  const full = { ...ledger, record: () => Promise.resolve({ kind: 'failed' as const, reason: 'The disk is full.' }) };
  const { stage: stuck } = await startStage(full);
  expect(await stuck.alert({ ...alert, id: 'alert:2' }, '')).toBe('The disk is full.');
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
  await stage.alert(alert, '');
  await stage.alert(alert, '');
  stage.anomaly({ kind: 'opened', anomaly: anAnomaly() });
  await stage.alert({ ...alert, endMs: NOON + 1000 }, '');
  await stage.alert({ id: 'alert:2', name: 'Ended', service: 'search', startMs: NOON, endMs: NOON }, '');
  await stage.stop();
  expect((await ledger.events('1')).map(({ fact }) => fact.kind)).toEqual(['opened', 'alert', 'anomaly', 'alert']);
  expect(await ledger.get('1')).toMatchObject({ firing: 1, services: ['checkout'] });
  expect(await ledger.lastId()).toBe(1);
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

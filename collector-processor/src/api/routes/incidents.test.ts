import { afterEach, expect, jest, test } from '@jest/globals';
import { anIncident, NOON } from '../../store/testing/builders.ts';
import type { IncidentDesk } from '../providers.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

let api: TestApi;
afterEach(() => api.stop());

const summary = anIncident({ id: '121', endMs: NOON, anomalies: 1 });

const desk = () => {
  const command = jest.fn<IncidentDesk['command']>().mockResolvedValue({ kind: 'done', incident: summary });
  const task = jest.fn<IncidentDesk['task']>().mockResolvedValue({ kind: 'done', incident: summary });
  const refused = { kind: 'refused', why: 'There is no open incident 7.' } as const;
  const incidents: IncidentDesk = {
    configuration: () => ({}),
    allowed: () => ['acknowledge', 'close'],
    command,
    note: () => Promise.resolve({ kind: 'unknown' }),
    task,
    merge: () => Promise.resolve(refused),
    split: () => Promise.resolve({ kind: 'unavailable', why: 'This Sentinel is not the active one.' }),
  };
  return { command, task, incidents };
};

const post = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

test('lists incidents and shows one with its timeline and what may be done', async () => {
  api = await startApi({ providers: desk() });
  const event = {
    incidentId: '121',
    sequence: 1,
    atMs: NOON,
    actor: '',
    fact: { kind: 'opened', tenant: '' },
  } as const;
  await api.store.incidents.record(event, summary);
  const list = await api.ask('/api/v1/incidents?state=open&service=checkout&q=ERR');
  expect(await list.json()).toEqual({ items: [summary], total: 1, totalIsExact: true });
  const one = await api.ask('/api/v1/incidents/121');
  expect(await one.json()).toEqual({
    incident: summary,
    allowed: ['acknowledge', 'close'],
    timeline: [event],
    tasks: [],
  });
  expect((await api.ask('/api/v1/incidents/5')).status).toBe(404);
});

test('a responder changes an incident under his name, a reader may not', async () => {
  const { command, incidents } = desk();
  api = await startApi({ providers: { incidents } });
  const path = '/api/v1/incidents/121/command';
  expect((await api.ask(path, 'reader', post({ kind: 'acknowledge' }))).status).toBe(403);
  expect(command).not.toHaveBeenCalled();
  const answer = await api.ask(path, 'responder', post({ kind: 'acknowledge' }));
  expect([answer.status, await answer.json()]).toEqual([200, summary]);
  expect(command).toHaveBeenCalledWith('121', { kind: 'acknowledge' }, 'the responder');
});

test.each([
  ['a command that is none', 'command', { kind: 'explode' }, 400],
  ['closing without saying why', 'command', { kind: 'close' }, 400],
  ['an empty note', 'notes', { text: '' }, 400],
  ['a note to one that is not there', 'notes', { text: 'hello' }, 404],
  ['a merge that makes no sense', 'merge', { incidents: ['7'] }, 409],
  ['a split by a standby', 'split', { anomalies: ['a'] }, 503],
])('%s is refused', async (_what, path, body, status) => {
  api = await startApi({ providers: desk() });
  expect((await api.ask(`/api/v1/incidents/121/${path}`, 'responder', post(body))).status).toBe(status);
});

test('whoever asks again with the ETag is told that nothing has changed, until it has', async () => {
  api = await startApi();
  const event = {
    incidentId: '121',
    sequence: 1,
    atMs: NOON,
    actor: '',
    fact: { kind: 'opened', tenant: '' },
  } as const;
  await api.store.incidents.record(event, summary);
  for (const path of ['/api/v1/incidents', '/api/v1/incidents/121']) {
    const etag = (await api.ask(path)).headers.get('etag') ?? '';
    const again = () => api.ask(path, 'reader', { headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    await api.store.incidents.record({ ...event, sequence: path.length }, { ...summary, title: path });
    expect((await again()).status).toBe(200);
  }
});

test('tasks are added, listed as they were said last, and done', async () => {
  const { task, incidents } = desk();
  api = await startApi({ providers: { incidents } });
  const added = await api.ask('/api/v1/incidents/121/tasks', 'responder', post({ text: 'look at the pool' }));
  expect(added.status).toBe(200);
  const [, said] = task.mock.calls[0] ?? [];
  expect(said).toMatchObject({ text: 'look at the pool', done: false });
  const about = { incidentId: '121', atMs: NOON, actor: 'Ana' };
  const known = { id: 't', text: 'look at the pool', done: false };
  for (const [index, done] of [false, true].entries()) {
    const event = { ...about, sequence: index + 1, fact: { kind: 'task', task: { ...known, done } } } as const;
    await api.store.incidents.record(event, summary);
  }
  const { tasks } = (await (await api.ask('/api/v1/incidents/121')).json()) as { tasks: unknown };
  expect(tasks).toEqual([{ ...known, done: true }]);
  const put = { ...post({ text: 'looked', done: true }), method: 'PUT' };
  expect((await api.ask('/api/v1/incidents/121/tasks/t', 'responder', put)).status).toBe(200);
  expect(task).toHaveBeenLastCalledWith('121', { id: 't', text: 'looked', done: true }, 'the responder');
  expect((await api.ask('/api/v1/incidents/121/tasks/none', 'responder', put)).status).toBe(404);
  expect((await api.ask('/api/v1/incidents/121/tasks/t', 'reader', put)).status).toBe(403);
});

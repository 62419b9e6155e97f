import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

type Sender = Parameters<TestApi['ask']>[1];

async function post(path: string, body: unknown, as: Sender = 'responder', headers: Record<string, string> = {}) {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  const response = await api.ask(`/api/v1/webhooks/${path}`, as, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const firing = {
  status: 'firing',
  labels: { alertname: 'HighErrors', service_name: 'checkout' },
  annotations: { summary: 'x' },
  startsAt: new Date(NOON - 60_000).toISOString(),
  endsAt: '0001-01-01T00:00:00Z',
  fingerprint: 'c0ffee',
};

describe('alerts', () => {
  test.each(['alertmanager', 'grafana'])('of %s fire and end under one id', async (path) => {
    const { status, body } = await post(path, { version: '4', receiver: 'sentinel', alerts: [firing] });
    expect([status, body]).toEqual([202, { alerts: 1, changes: 0, ignored: [] }]);
    await post(path, { alerts: [{ ...firing, status: 'resolved', endsAt: new Date(NOON).toISOString() }] });
    const alert = { id: 'alert:c0ffee', name: 'HighErrors', service: 'checkout', startMs: NOON - 60_000 };
    expect(api.alerts).toEqual([alert, { ...alert, endMs: NOON }]);
  });

  test('without a service say so, and take the one that the address names', async () => {
    const nameless = { ...firing, labels: { alertname: 'HighErrors' } };
    const { body } = await post('alertmanager', { alerts: [nameless] });
    expect(body).toMatchObject({ alerts: 0, ignored: [expect.stringMatching(/^HighErrors names no service/)] });
    await post('alertmanager?service=cart', { alerts: [nameless] });
    expect(api.alerts).toMatchObject([{ service: 'cart' }]);
  });

  test('that could not be stored are asked for again', async () => {
    await api.stop();
    api = await startApi({ alertProblem: 'The disk is full.' });
    const answer = await post('alertmanager', { alerts: [firing] });
    expect(answer).toMatchObject({ status: 503, body: { error: { message: 'The disk is full.' } } });
  });

  test('say where they belong and how bad they are', async () => {
    const bad = { ...firing, labels: { ...firing.labels, severity: 'Page', environment: 'staging' } };
    const odd = { ...firing, labels: { ...firing.labels, severity: 'constructor' } };
    await post('alertmanager', { alerts: [bad, odd] });
    await post('alertmanager?environment=test', { alerts: [firing] });
    expect(api.alerts).toMatchObject([{ severity: 'critical', environment: 'staging' }, {}, { environment: 'test' }]);
    expect(api.alerts[1]).not.toHaveProperty('severity');
  });

  test('are taken beyond what other requests may be large, up to a limit of their own', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ ...firing, fingerprint: String(index) }));
    expect((await post('alertmanager', { alerts: many })).body).toMatchObject({ alerts: 100 });
    const { status, body } = await post('alertmanager', { alerts: [...many, ...many, ...many, ...many] });
    expect([status, JSON.stringify(body)]).toEqual([413, expect.stringContaining('large')]);
  });

  test.each([
    ['a state that is not known', { alerts: [{ ...firing, status: 'maybe' }] }, 'body/alerts/0/status'],
    ['no alerts', {}, 'alerts'],
  ])('with %s are refused with where it is', async (_name, body, where) => {
    const answer = await post('alertmanager', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(where);
  });
});

const deployment = {
  deployment: { id: 7, sha: 'a'.repeat(40), ref: 'v2.4.1', environment: 'production' },
  deployment_status: { state: 'success', created_at: new Date(NOON).toISOString() },
  repository: { name: 'payment', full_name: 'shop/payment' },
};
const sync = (phase: string) => ({
  app: {
    metadata: { name: 'payment' },
    status: {
      operationState: { phase, finishedAt: new Date(NOON).toISOString(), syncResult: { revision: 'b'.repeat(40) } },
      history: [{ revision: 'a'.repeat(40) }, { revision: 'b'.repeat(40) }],
    },
  },
});

describe('deployments', () => {
  test.each([
    ['v2.4.1', 'v2.4.1'],
    ['refs/tags/v2.4.1', 'v2.4.1'],
    ['main', 'a'.repeat(12)],
    ['a'.repeat(40), 'a'.repeat(12)],
  ])('of the ref %s are of the version %s', async (ref, to) => {
    await post('github', { ...deployment, deployment: { ...deployment.deployment, ref } });
    expect(api.posted).toMatchObject([{ to }]);
  });

  test('of a clock that runs ahead took effect when they were told of', async () => {
    const ahead = new Date(NOON + 600_000).toISOString();
    await post('github', { ...deployment, deployment_status: { state: 'success', created_at: ahead } });
    expect(api.posted).toMatchObject([{ timeMs: NOON }]);
  });

  test('of GitHub are changes, once', async () => {
    expect((await post('github', deployment)).body).toEqual({ alerts: 0, changes: 1, ignored: [] });
    expect((await post('github', deployment)).body).toEqual({ alerts: 0, changes: 0, ignored: [] });
    expect(api.posted).toMatchObject([
      { id: 'github-deployment-7', service: 'payment', to: 'v2.4.1', environment: 'production', timeMs: NOON },
    ]);
  });

  test('of GitHub as releases take their tag', async () => {
    const release = { action: 'published', release: { id: 9, tag_name: '3.0' }, repository: { name: 'cart' } };
    await post('github?environment=eu', release);
    expect(api.posted).toMatchObject([{ service: 'cart', to: '3.0', environment: 'eu', source: 'the responder' }]);
  });

  test('of Argo CD are changes from one revision to the next', async () => {
    await post('argocd', sync('Succeeded'));
    expect(api.posted).toMatchObject([{ service: 'payment', from: 'a'.repeat(12), to: 'b'.repeat(12) }]);
  });

  test.each([
    ['github', { ...deployment, deployment_status: { state: 'failure' } }],
    ['github', { zen: 'Keep it logically awesome.' }],
    ['argocd', sync('Running')],
  ])('of %s that have changed nothing say why', async (path, body) => {
    const answer = await post(path, body);
    expect(answer).toMatchObject({ status: 202, body: { changes: 0, ignored: [expect.any(String)] } });
    expect(api.posted).toEqual([]);
  });
});

describe('who may post', () => {
  test('a responder, with the token as password where a sender can set nothing else', async () => {
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`github:${secret}`).toString('base64')}`,
    });
    expect((await post('github', deployment, 'nobody', basic(api.secret('responder')))).status).toBe(202);
    expect((await post('github', deployment, 'nobody', basic('wrong'))).status).toBe(401);
    expect((await post('github', deployment, 'reader')).status).toBe(403);
    expect((await api.ask('/api/v1/incidents', 'nobody', { headers: basic(api.secret('admin')) })).status).toBe(401);
  });

  test('nobody more than fits', async () => {
    const answer = await post('github', { ...deployment, action: 'x'.repeat(70_000) });
    expect(answer.status).toBe(413);
  });
});

import { afterEach, expect, test } from '@jest/globals';
import { anIncident, NOON } from '../../store/testing/builders.ts';
import type { Fetch } from '../grafana/signing-keys.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

let api: TestApi;
afterEach(() => api.stop());

const SAID = { text: 'Errors in checkout are over.', evidence: ['E1'] };

/** A model that says this, and what it was asked. */
async function withModel(reply: () => Response | Promise<Response>, url = 'http://model:11434/v1/') {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch: Fetch = async (address, init) => {
    asked.push({ url: address, init });
    return await reply();
  };
  const languageModel = { url, apiKey: 'key', model: 'small', timeout: 1_000, maxPerHour: 2 };
  api = await startApi({ fetch, options: { languageModel } });
  await api.store.incidents.record(
    { incidentId: '1', sequence: 1, atMs: NOON, actor: '', fact: { kind: 'opened', tenant: '' } },
    anIncident({ id: '1' }),
  );
  return asked;
}

function saying(content: string): Response {
  return Response.json({ id: 'x', choices: [{ index: 0, message: { role: 'assistant', content } }] });
}

async function ask(id = '1', as: 'reader' | 'responder' = 'responder') {
  const response = await api.ask(`/api/v1/incidents/${id}/summary`, as, { method: 'POST' });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('each sentence comes with what it stands on, marked as words of a model', async () => {
  const asked = await withModel(() => saying(JSON.stringify({ claims: [SAID, { text: 'Bad.', evidence: [] }] })));
  expect(await ask()).toMatchObject({
    status: 200,
    body: {
      author: 'language-model',
      model: 'small',
      claims: [{ text: SAID.text, evidence: [{ ref: 'E1' }] }],
      dropped: 1,
    },
  });
  expect(asked[0]?.url).toBe('http://model:11434/v1/chat/completions');
  expect(new Headers(asked[0]?.init.headers).get('authorization')).toBe('Bearer key');
  expect(JSON.parse(asked[0]?.init.body as string)).toMatchObject({ model: 'small', temperature: 0, stream: false });
});

test.each([
  ['is not there', () => Promise.reject(new Error('connect ECONNREFUSED')), /ECONNREFUSED/],
  ['refuses', () => new Response('', { status: 401 }), /answered 401/],
  ['talks', () => saying('Well, errors I suppose.'), /in the form asked for/],
  ['answers something else', () => Response.json({ choices: 1 }), /no chat completion/],
  ['answers without end', () => new Response('x'.repeat(300_000)), /longer than/],
])('a model that %s costs the summary and nothing else', async (_name, reply, why) => {
  await withModel(reply);
  const { status, body } = await ask();
  expect([status, JSON.stringify(body)]).toEqual([503, expect.stringMatching(why)]);
  expect((await api.ask('/api/v1/incidents/1')).status).toBe(200);
});

test('it is asked by responders alone, not too often, and about what there is', async () => {
  const asked = await withModel(() => saying(JSON.stringify({ claims: [SAID] })));
  expect((await ask('1', 'reader')).status).toBe(403);
  expect((await ask('7')).status).toBe(404);
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 429]);
  expect(asked).toHaveLength(2);
});

test('without one it says so', async () => {
  const asked = await withModel(() => saying(''), '');
  expect(await ask()).toMatchObject({ status: 503, body: { error: { message: 'No language model is set up.' } } });
  expect(asked).toEqual([]);
});

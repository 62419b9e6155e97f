import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Role } from '../../contract/token.ts';
import type { Duty } from '../../store/duty.ts';
import { NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';
import { aSlo, fakeSloDesk } from '../testing/fake-slo-desk.ts';

const HOUR_MS = 3_600_000;
const CORRECTIONS = '/api/v1/slos/corrections';
const upgrade = { id: 'upgrade', fromMs: NOON - HOUR_MS, toMs: NOON, scope: { service: 'shop' }, reason: 'Upgrade' };

let api: TestApi;
let isFull: boolean;
beforeEach(async () => {
  isFull = false;
  const desk = fakeSloDesk([aSlo()], {
    correct: async (correction) =>
      isFull ? { kind: 'full' } : { kind: 'done', ...(await api.store.sloCorrections.add(correction)) },
    async reverse(id, reversal) {
      const reversed = await api.store.sloCorrections.reverse(id, reversal);
      return reversed === undefined ? { kind: 'unknown' } : { kind: 'done', ...reversed };
    },
  });
  api = await startApi({ providers: { slos: desk } });
});
afterEach(() => api.stop());

async function post(path: string, body: object, role: Role = 'operator') {
  const headers = { 'content-type': 'application/json' };
  const answer = await api.ask(path, role, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const listed = async (query = '') => {
  const answer = await api.ask(`${CORRECTIONS}${query}`, 'reader');
  return ((await answer.json()) as { readonly items: readonly object[] }).items;
};

describe('a correction', () => {
  test('is written once with its author, however often it is posted', async () => {
    const first = await post(CORRECTIONS, upgrade);
    expect(first).toMatchObject({
      status: 201,
      body: { ...upgrade, author: 'the operator', source: 'person', atMs: NOON },
    });
    expect(await post(CORRECTIONS, upgrade)).toEqual({ ...first, status: 200 });
    expect(await listed()).toEqual([first.body]);
  });

  test('is not replaced by another one of its id', async () => {
    await post(CORRECTIONS, upgrade);
    expect(await post(CORRECTIONS, { ...upgrade, reason: 'Another' })).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', field: 'body/id' } },
    });
  });

  test('is taken back with a reason, once, and stays in the list', async () => {
    await post(CORRECTIONS, upgrade);
    const reversed = await post(`${CORRECTIONS}/upgrade/reverse`, { reason: 'Wrong day' });
    expect(reversed).toMatchObject({
      status: 200,
      body: { reversal: { author: 'the operator', reason: 'Wrong day' } },
    });
    expect(await post(`${CORRECTIONS}/upgrade/reverse`, { reason: 'Again' })).toEqual(reversed);
    expect(await listed('?state=reversed')).toEqual([reversed.body]);
    expect(await listed('?state=in_force')).toEqual([]);
    expect(await post(`${CORRECTIONS}/nothing/reverse`, { reason: 'No' })).toMatchObject({ status: 404 });
  });

  test('needs an operator', async () => {
    expect(await post(CORRECTIONS, upgrade, 'responder')).toMatchObject({ status: 403 });
    expect(await post(`${CORRECTIONS}/upgrade/reverse`, { reason: 'No' }, 'responder')).toMatchObject({ status: 403 });
    expect(await listed()).toEqual([]);
  });

  test.each([
    [{ toMs: upgrade.fromMs }, 'body/toMs'],
    [{ fromMs: 5 }, 'body/fromMs'],
    [{ scope: { service: 'nobody' } }, 'body/scope'],
    [{ scope: {} }, 'body/scope'],
    [{ reason: '' }, 'body/reason'],
  ])('with %j is refused', async (over, field) => {
    const answer = await post(CORRECTIONS, { ...upgrade, ...over });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', field } } });
    expect(await listed()).toEqual([]);
  });

  test('is refused when there are as many as there may be', async () => {
    isFull = true;
    expect(await post(CORRECTIONS, upgrade)).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  });
});

test('a standby writes none and takes none back', async () => {
  await api.stop();
  const duty: Duty = {
    state: () => 'standby',
    permit: () => undefined,
    onChange: () => undefined,
    holder: () => undefined,
  };
  api = await startApi({ providers: { slos: fakeSloDesk([aSlo()]) }, stores: { duty } });
  expect(await post(CORRECTIONS, upgrade)).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
  expect(await post(`${CORRECTIONS}/upgrade/reverse`, { reason: 'No' })).toMatchObject({ status: 503 });
});

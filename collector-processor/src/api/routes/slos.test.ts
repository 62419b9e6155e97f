import { afterEach, expect, test } from '@jest/globals';
import { startApi, type TestApi } from '../testing/api-server.ts';
import { aSlo, fakeSloDesk } from '../testing/fake-slo-desk.ts';

let api: TestApi;
afterEach(() => api.stop());

const unknown = aSlo({ id: 'shop-mail', displayName: 'Mail', left: null, leftUncorrected: null, status: 'no_data' });
const calm = aSlo({
  id: 'cart-search',
  displayName: 'Search latency',
  service: 'cart',
  left: 0.81,
  status: 'on_track',
});

const ids = async (path: string) => {
  const answer = await api.ask(path, 'reader');
  const { items } = (await answer.json()) as { readonly items: readonly { readonly id: string }[] };
  return items.map(({ id }) => id);
};

test('the least budget stands first, before it what nobody can tell', async () => {
  api = await startApi({ providers: { slos: fakeSloDesk([calm, aSlo(), unknown]) } });
  expect(await ids('/api/v1/slos')).toEqual(['shop-mail', 'shop-checkout', 'cart-search']);
});

test('words, services and states narrow the list', async () => {
  api = await startApi({ providers: { slos: fakeSloDesk([calm, aSlo(), unknown]) } });
  expect(await ids('/api/v1/slos?q=LATENCY')).toEqual(['cart-search']);
  expect(await ids('/api/v1/slos?service=cart')).toEqual(['cart-search']);
  expect(await ids('/api/v1/slos?status=no_data&status=on_track')).toEqual(['shop-mail', 'cart-search']);
});

test('one is told whole, and one that is not there is told with the remedy', async () => {
  api = await startApi({ providers: { slos: fakeSloDesk([calm]) } });
  expect(await (await api.ask('/api/v1/slos/cart-search', 'reader')).json()).toEqual(calm);
  const answer = await api.ask('/api/v1/slos/nothing', 'reader');
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ error: { code: 'not_found', message: 'There is no SLO nothing.' } });
});

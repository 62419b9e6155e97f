import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort } from '../processes/free-port.ts';
import { CONTROL_HEADER, createControlServer } from './control-server.ts';
import { createOrders, type Orders } from './orders.ts';

const headers = { [CONTROL_HEADER]: '1' };
let url: string;
let asked: string[];
let busy: boolean;
let server: ReturnType<typeof createControlServer>;

beforeEach(async () => {
  asked = [];
  busy = false;
  const orders: Orders = createOrders({
    inject: (fault) => {
      asked.push(fault.name);
      return busy ? { kind: 'busy', running: fault } : { kind: 'accepted' };
    },
    follow: () => Promise.resolve(),
  });
  const port = await freePort(0);
  url = `http://127.0.0.1:${port}`;
  server = createControlServer(orders, port);
  await server.start();
});

afterEach(() => server.stop());

test('a fault of the menu goes in', async () => {
  const response = await fetch(`${url}/faults/latency`, { method: 'POST', headers });
  expect([response.status, await response.text()]).toEqual([202, 'latency goes in.\n']);
  expect(asked).toEqual(['latency']);
});

test('the menu is listed', async () => {
  const text = await (await fetch(`${url}/faults`, { headers })).text();
  expect(text).toContain('bad-deploy: payment 1.5.0 replaces 1.4.0');
});

test('an unknown fault, a second one and a request without the header are refused', async () => {
  const post = (path: string, sent: Record<string, string>) =>
    fetch(`${url}${path}`, { method: 'POST', headers: sent });
  expect((await post('/faults/flood', headers)).status).toBe(404);
  expect((await post('/faults/latency', {})).status).toBe(403);
  expect(asked).toEqual([]);
  busy = true;
  const refused = await post('/faults/errors', headers);
  expect([refused.status, await refused.text()]).toEqual([409, 'errors is still under way; one fault at a time.\n']);
});

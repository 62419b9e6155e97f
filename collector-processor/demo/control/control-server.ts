import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Service } from '../../src/runtime/lifecycle.ts';
import type { OrderReply, Orders } from './orders.ts';

/** A page in a browser cannot send this header to another origin without being asked first, and we never agree. */
export const CONTROL_HEADER = 'x-sentinel-demo';

const statuses: Readonly<Record<OrderReply['kind'], number>> = { done: 202, unknown: 404, busy: 409 };

/** `GET /faults`, `POST /faults/<name>` on the loopback interface, for `npm run demo:fault`. */
export function createControlServer(orders: Orders, port: number): Service {
  const server = createServer((request, response) => answer(request, response, orders));
  return {
    name: 'demo control',
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, orders: Orders): void {
  request.resume();
  const name = /^\/faults\/([a-z-]+)$/.exec(request.url ?? '')?.[1];
  if (request.headers[CONTROL_HEADER] === undefined) {
    reply(response, 403, `The header ${CONTROL_HEADER} is missing.`);
  } else if (request.method === 'GET' && request.url === '/faults') {
    reply(response, 200, orders.list().join('\n'));
  } else if (request.method === 'POST' && name !== undefined) {
    const outcome = orders.inject(name);
    reply(response, statuses[outcome.kind], outcome.text);
  } else {
    reply(response, 404, 'GET /faults or POST /faults/<name>');
  }
}

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

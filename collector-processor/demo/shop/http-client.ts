import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { context } from '@opentelemetry/api';
import { withUrlTemplate } from './client-span.ts';
import type { Addresses } from './control.ts';
import { readJson } from './json-body.ts';
import type { ServiceName } from './topology.ts';

/** Not imported: the instrumentation patches what is asked for here, without a loader thread in each service. */
const { Agent, request: httpRequest } = process.getBuiltinModule('node:http');

const TIMEOUT_MS = 5_000;
const LOOPBACK = '127.0.0.1';

export interface Call {
  readonly to: ServiceName;
  readonly method: 'GET' | 'POST';
  /** Path as a pattern, such as `/products/{sku}`. */
  readonly template: string;
  /** Path as it is sent. */
  readonly path: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export type CallService = (call: Call) => Promise<Answer>;

/** The shop's name service: every host is this machine. */
const lookup: LookupFunction = (_hostname, options, callback) => {
  if (options.all === true) callback(null, [{ address: LOOPBACK, family: 4 }]);
  else callback(null, LOOPBACK, 4);
};

/** Calls a service by name; `addresses` is asked each time, because a rollout moves a service to another port. */
export function createCallService(addresses: () => Addresses): CallService {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return ({ to, method, template, path, body }) =>
    context.with(withUrlTemplate(template), async () => {
      const payload = body === undefined ? '' : JSON.stringify(body);
      const options = { agent, host: to, port: addresses()[to] ?? 0, method, path, lookup, timeout: TIMEOUT_MS };
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const request = httpRequest(options, resolve);
        request.on('error', reject);
        request.on('timeout', () => request.destroy(new Error(`no answer from ${to} within ${TIMEOUT_MS} ms`)));
        if (payload !== '') request.setHeader('content-type', 'application/json');
        request.end(payload);
      });
      return { status: response.statusCode ?? 0, body: await readJson(response) };
    });
}

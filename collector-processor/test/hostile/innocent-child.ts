/**
 * The side that behaves: a backend, and clients over HTTP and gRPC that send small requests all the time and repeat what
 * they are told to repeat. A process of its own, so that what attackers do to theirs does not slow it. Prints nothing;
 * answers each message of its parent with what was measured since the one before.
 */

import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { spanBytes } from './bodies.ts';
import { GrpcCaller } from './grpc-caller.ts';

export interface Ports {
  readonly http: number;
  readonly grpc: number;
}

/** Since the last question: delays in ms from the first attempt to "accepted", and what no client should ever see. */
export interface Measured {
  readonly delays: readonly number[];
  readonly faults: readonly string[];
}

const EVERY_MS = 40;
const RETRY_MS = 100;
const PATIENCE_MS = 20_000;
let delays: number[] = [];
let faults: string[] = [];

const backend = createServer((incoming, answer) => {
  incoming.resume();
  incoming.on('end', () =>
    answer.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-length': 0 }).end(),
  );
});
backend.listen(0, '127.0.0.1', () => process.send?.({ backend: (backend.address() as AddressInfo).port }));

process.on('message', (message: Ports | 'measured') => {
  if (message !== 'measured') {
    void behave(httpSender(message.http));
    void behave(grpcSender(message.grpc));
    return;
  }
  process.send?.({ delays, faults } satisfies Measured);
  delays = [];
  faults = [];
});

type Verdict = 'accepted' | 'retry' | (string & {});

async function behave(send: (body: Uint8Array) => Promise<Verdict>): Promise<void> {
  for (let number = 0; ; number++) {
    const startedAt = performance.now();
    const body = spanBytes({ service: 'innocent', count: 5, seed: number });
    let verdict: Verdict = 'retry';
    while (verdict === 'retry' && performance.now() - startedAt < PATIENCE_MS) {
      verdict = await send(body);
      if (verdict === 'retry') await pause(RETRY_MS);
    }
    delays.push(performance.now() - startedAt);
    if (verdict !== 'accepted') faults.push(verdict === 'retry' ? 'told to retry for 20 s' : verdict);
    await pause(EVERY_MS);
  }
}

function httpSender(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (body: Uint8Array): Promise<Verdict> =>
    new Promise((resolve) => {
      const call = request({
        host: '127.0.0.1',
        port,
        agent,
        method: 'POST',
        path: '/v1/traces',
        timeout: PATIENCE_MS,
      });
      call.setHeader('content-type', 'application/x-protobuf');
      call.on('timeout', () => call.destroy(new Error('no answer')));
      call.on('error', () => resolve('retry'));
      call.on('response', (response) => {
        response.resume();
        const { statusCode = 0 } = response;
        if (statusCode === 200) resolve('accepted');
        else resolve([429, 502, 503, 504].includes(statusCode) ? 'retry' : `HTTP ${statusCode}`);
      });
      call.end(body);
    });
}

function grpcSender(port: number) {
  const caller = new GrpcCaller(port);
  return async (body: Uint8Array): Promise<Verdict> => {
    const status = await caller.call('traces', body);
    if (status === 0) return 'accepted';
    return status === undefined || [1, 4, 8, 10, 11, 14, 15].includes(status) ? 'retry' : `gRPC ${status}`;
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemClock } from '../../runtime/clock.ts';
import { outgoing } from '../testing/outgoing-request.ts';
import { createGrpcTransport } from './grpc-transport.ts';
import { createHttpTransport } from './http-transport.ts';
import type { ConnectionOptions } from './transport.ts';

const TIMEOUT_MS = 200;
const paths = { traces: '/v1/traces', metrics: '/v1/metrics', logs: '/v1/logs' };
const makers = {
  http: (connection: ConnectionOptions) =>
    createHttpTransport({ connection, paths, serverErrorsPass: false, clock: systemClock }),
  grpc: createGrpcTransport,
};
const request = outgoing();

let sink: ChildProcess;
let urls: Readonly<Record<'http' | 'grpc', string>>;

beforeAll(async () => {
  sink = fork(new URL('../../testing/sink/sink-process.ts', import.meta.url));
  [urls] = (await once(sink, 'message')) as [typeof urls];
});

afterAll(() => {
  sink.kill();
});

/** Nothing of this thread runs meanwhile. */
function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test.each(['http', 'grpc'] as const)(
  'over %s an answer that came while the process was held up counts',
  async (wire) => {
    const limits = { connectTimeout: 20_000, keepAlive: 60_000, maxConnections: 1 };
    const endpoint = new URL(urls[wire]);
    const patient = makers[wire]({ endpoint, tls: {}, headers: {}, timeout: 20_000, ...limits });
    await patient.send(request);
    await patient.close();
    const transport = makers[wire]({ endpoint, tls: {}, headers: {}, timeout: TIMEOUT_MS, ...limits });
    // The connection is open before anything is measured: a slow machine may need several tries.
    while ((await transport.send(request)).kind !== 'delivered') await delay(10);
    await delay(10);
    const outcome = transport.send(request);
    // By then its bytes have left.
    await nextTurn();
    stall(TIMEOUT_MS * 3);
    expect(await outcome).toEqual({ kind: 'delivered' });
    await transport.close();
  },
);

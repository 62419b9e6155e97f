import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { type ExportOutcome } from '../../model/export-request.ts';
import { raw } from '../testing/raw-socket.ts';
import { until } from '../testing/receivers-under-test.ts';
import { useReceivers } from '../testing/use-receivers.ts';

const start = useReceivers();
const head = 'POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
const post = (body: string, ...lines: string[]): string =>
  `${head}${lines.map((line) => `${line}\r\n`).join('')}Content-Length: ${body.length}\r\n\r\n${body}`;
const last = (body: string): string => post(body, 'Connection: close');
const statuses = (received: string) => [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

describe('requests on one connection', () => {
  test('that come at once are answered in their order, one at a time', async () => {
    let open = 0;
    let most = 0;
    const bodies: string[] = [];
    const { httpPort } = await start({}, async ({ payload }) => {
      bodies.push(Buffer.from(payload).toString());
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open--;
      return { kind: 'accepted' };
    });
    const get = 'GET /v1/traces HTTP/1.1\r\nHost: a\r\n\r\n';
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n1\r\n \r\n0\r\n\r\n`;
    const received = await raw(httpPort, `${post('{"a":1}')}${get}${chunked}\r\n${last('{"b":1}')}`, false);
    expect(statuses(received)).toEqual([200, 405, 200, 200]);
    expect(bodies).toEqual(['{"a":1}', '{} ', '{"b":1}']);
    expect(most).toBe(1);
  });

  test('cut into single bytes are the same', async () => {
    const { httpPort, requests } = await start();
    const socket = connect(httpPort, '127.0.0.1').setNoDelay(true);
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    for (const byte of post('{"a":1}') + last('{"b":1}')) {
      socket.write(byte);
      await new Promise(setImmediate);
    }
    await until(() => socket.closed);
    expect(statuses(received)).toEqual([200, 200]);
    expect(requests).toHaveLength(2);
  });

  test('are not looked at behind the last one that its sender wanted answered', async () => {
    const { httpPort, requests } = await start();
    expect(statuses(await raw(httpPort, last('{"a":1}') + post('{"b":1}'), false))).toEqual([200]);
    expect(requests).toHaveLength(1);
  });

  test('a sender that does not read its answers is not read from either', async () => {
    const waiting: ((outcome: ExportOutcome) => void)[] = [];
    const { httpPort, requests, metric } = await start({}, () => new Promise((resolve) => waiting.push(resolve)));
    const socket = connect(httpPort, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(post('{"a":1}').repeat(1000));
    await until(() => requests.length === 1);
    expect(metric('sentinel_receiver_in_flight_requests')).toBe(1);
    waiting.shift()?.({ kind: 'accepted' });
    await until(() => requests.length === 2);
    socket.destroy();
    for (const settle of waiting) settle({ kind: 'accepted' });
  });
});

describe('what a connection is answered', () => {
  test('HEAD has no body, so that the next answer is not taken for one', async () => {
    const { httpPort } = await start();
    const received = await raw(httpPort, `HEAD /v1/traces HTTP/1.1\r\nHost: a\r\n\r\n${last('{"a":1}')}`, false);
    expect(received).toMatch(/^HTTP\/1\.1 405 [^{]*Content-Length: [1-9][^{]*\r\n\r\nHTTP\/1\.1 200 [^]*\{\}$/);
  });

  test('HTTP/1.0 has one answer, and the connection ends', async () => {
    const { httpPort } = await start();
    const received = await raw(httpPort, post('{"a":1}').replace('HTTP/1.1\r\nHost: a', 'HTTP/1.0'), false);
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Connection: close\r\n/);
  });

  test('how long it may be idle, and it is closed a second later', async () => {
    const { httpPort, metric } = await start({ idleTimeout: 500 });
    const received = await raw(httpPort, post('{"a":1}'), false);
    expect(received).toMatch(/Date: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT\r\n/);
    expect(received).toContain('Connection: keep-alive\r\nKeep-Alive: timeout=0\r\n');
    expect(metric('sentinel_receiver_connections_closed_total', 'reason="idle"')).toBe(1);
  });

  test('chunks that break off in the middle are an error, and not a shorter request', async () => {
    const { httpPort, requests, metric } = await start();
    const broken = `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n`;
    expect(statuses(await raw(httpPort, broken, false))).toEqual([400]);
    await raw(httpPort, `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`);
    await until(() => metric('sentinel_receiver_in_flight_requests') === 0);
    expect(requests).toHaveLength(0);
    expect(metric('sentinel_receiver_in_flight_bytes')).toBe(0);
  });

  test('a refused body that is chunked is read to its end, then the next request is taken', async () => {
    const { httpPort } = await start({ maxJsonSize: 10 });
    const large = `${head}Transfer-Encoding: chunked\r\n\r\n${'8\r\n01234567\r\n'.repeat(50)}0\r\n\r\n`;
    expect(statuses(await raw(httpPort, large + last('{"b":1}'), false))).toEqual([413, 200]);
  });
});

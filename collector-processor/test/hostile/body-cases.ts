import { connect } from 'node:net';
import { createRandom } from '../../src/testing/random.ts';
import { nestedLists, spanBytes } from './bodies.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { Grpc, type HostileCase, only, post, times } from './hostile-case.ts';
import type { Target } from './target.ts';

const json = { 'content-type': 'application/json' };

/** What is not what it says it is. */
export const bodyCases: readonly HostileCase[] = [
  {
    name: 'requests cut off and changed at random',
    async run(target) {
      const random = createRandom(3);
      const whole = spanBytes({ service: 'mutant', count: 20, seed: 2 });
      const statuses = await times(2000, 8, () => {
        const body = Uint8Array.from(whole);
        for (let changes = 1 + random.integer(8); changes > 0; changes--)
          body[random.integer(body.length)] = random.integer(256);
        return post(target, body.subarray(0, 1 + random.integer(body.length)));
      });
      return only([200, 400], statuses);
    },
  },
  {
    name: 'lists in lists, 50,000 deep, as protobuf and as JSON',
    cve: 'CVE-2026-44289',
    async run(target) {
      const depth = 50_000;
      const lists = nestedLists(depth);
      const text = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${'{"arrayValue":{"values":['.repeat(depth)}${']}}'.repeat(depth)}}]}]}]}`;
      const protobuf = await times(20, 4, () => post(target, lists, {}, 'logs'));
      const asJson = await times(20, 4, () => post(target, Buffer.from(text), json, 'logs'));
      return [...only([200, 400], protobuf), ...only([400], asJson, 'answer to JSON')];
    },
  },
  {
    name: 'JSON that names prototypes',
    cve: 'CVE-2026-44291',
    async run(target) {
      const bodies = ['__proto__', 'constructor', 'prototype'].map((name) => {
        const attribute = { key: name, value: { stringValue: 'x' } };
        const text = JSON.stringify({
          resourceLogs: [
            { resource: { attributes: [attribute] }, scopeLogs: [{ logRecords: [{ attributes: [attribute] }] }] },
          ],
        });
        return text.replace('{', `{"${name}":{"polluted":true,"resourceLogs":7},`);
      });
      return only(
        [200, 400],
        await times(30, 4, (index) => post(target, Buffer.from(bodies[index % 3] ?? ''), json, 'logs')),
      );
    },
  },
  {
    name: 'JSON over its cap, and numbers and texts of a megabyte',
    async run(target) {
      const large = Buffer.from(`{"resourceSpans":[${'{},'.repeat(6 * 1024 * 1024)}{}]}`);
      const digits = Buffer.from(
        `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":${'9'.repeat(1 << 20)}}]}]}]}`,
      );
      const over = await times(4, 2, () => post(target, large, json));
      return [...only([413], over), ...only([200, 400], [await post(target, digits, json, 'logs')])];
    },
  },
  {
    name: 'gRPC prefixes that lie about their message',
    cve: 'CVE-2024-37168',
    async run({ grpcPort }) {
      const caller = new GrpcCaller(grpcPort);
      const message = spanBytes({ service: 'liar', count: 2, seed: 4 });
      const framed = (length: number, flag = 0): Uint8Array => {
        const prefix = Buffer.alloc(5);
        prefix[0] = flag;
        prefix.writeUInt32BE(length, 1);
        return Buffer.concat([prefix, message]);
      };
      const send = (body: Uint8Array, encoding?: string) =>
        caller.call('traces', body, { framed: true, ...(encoding === undefined ? {} : { encoding }) });
      const faults = [
        ...only([Grpc.resourceExhausted], [await send(framed(0xffffffff))], 'status of 4 GiB announced:'),
        ...only([Grpc.invalidArgument], [await send(framed(message.length + 10))], 'status of too much announced:'),
        ...only([Grpc.unimplemented], [await send(framed(message.length - 10))], 'status of too little announced:'),
        ...only([Grpc.invalidArgument], [await send(framed(message.length, 7))], 'status of a strange flag:'),
        ...only([Grpc.invalidArgument, 13], [await send(framed(message.length, 1))], 'status of unnamed compression:'),
      ];
      caller.close();
      return faults;
    },
  },
  {
    name: 'gRPC messages that are marked as compressed and are not',
    cve: 'CVE-2026-48068, CVE-2026-48069',
    async run({ grpcPort }) {
      const caller = new GrpcCaller(grpcPort);
      const message = spanBytes({ service: 'liar', count: 2, seed: 5 });
      const statuses = await times(100, 10, (index) =>
        caller.call('traces', message.subarray(index % 7), { encoding: index % 2 === 0 ? 'gzip' : 'zstd' }),
      );
      caller.close();
      return only([Grpc.invalidArgument], statuses, 'gRPC status');
    },
  },
  {
    name: 'HTTP lengths that lie, twice, in pieces, and requests in one another',
    async run(target) {
      const head = 'POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-protobuf\r\n';
      const answers = await Promise.all(
        [
          `${head}Content-Length: 5\r\nContent-Length: 9\r\n\r\nabcde`,
          `${head}Content-Length: -1\r\n\r\n`,
          `${head}Content-Length: 99999999999999999999\r\n\r\nabc`,
          `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
          `${head}Content-Length: 3\r\nTransfer-Encoding: identity\r\n\r\nabc`,
          `${head}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
          `${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n`,
          `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`,
          `${head}Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n`,
          `${head}Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n`,
          `${head}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(100_000)}`,
          `${head}Transfer-Encoding: chunked\r\n\r\n0\r\n${'A: b\r\n'.repeat(10_000)}`,
        ].map((text) => firstLine(target, text)),
      );
      return unlessClientError(answers);
    },
  },
  {
    name: 'HTTP heads with bare line ends, folded, without an end, with too much',
    async run(target) {
      const line = 'POST /v1/traces HTTP/1.1\r\n';
      const rest = 'Host: a\r\nContent-Type: application/x-protobuf\r\n';
      const answers = await Promise.all(
        [
          `${line}${rest}\n\n`,
          `POST /v1/traces HTTP/1.1\n${rest}\r\n`,
          `${line}${rest}X: a\n\r\n`,
          `${line}${rest}X: a\r\n b\r\n\r\n`,
          `${line}${rest}X : a\r\n\r\n`,
          `${line}${rest}X: a\0b\r\n\r\n`,
          `${line}${rest}X: a\rContent-Length: 3\r\n\r\nabc`,
          `${line}${rest}Host: b\r\n\r\n`,
          `${line}\r\n`,
          `POST  /v1/traces HTTP/1.1\r\n${rest}\r\n`,
          `POST /v1/traces HTTP/9.9\r\n${rest}\r\n`,
          `CONNECT a:1 HTTP/1.1\r\n${rest}\r\n`,
          `${line}${rest}X: ${'x'.repeat(1_000_000)}`,
          `${line}${rest}${'X: y\r\n'.repeat(100_000)}`,
          `POST /${'x'.repeat(1_000_000)}`,
          '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
        ].map((text) => firstLine(target, text)),
      );
      return unlessClientError(answers);
    },
  },
  {
    name: 'ten thousand requests on one connection at once, whose answers nobody reads',
    async run(target) {
      const request =
        'POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
      const sockets = Array.from({ length: 20 }, () => connect(target.httpPort, '127.0.0.1').pause());
      for (const socket of sockets) {
        socket.on('error', () => undefined);
        socket.write(request.repeat(10_000));
      }
      await new Promise((resolve) => setTimeout(resolve, 3000));
      for (const socket of sockets) socket.destroy();
      return [];
    },
  },
];

/** Each text has to be answered with 4xx. */
function unlessClientError(answers: readonly string[]): string[] {
  return answers.flatMap((line, index) => (/^HTTP\/1\.1 4\d\d /.test(line) ? [] : [`text ${index}: "${line}"`]));
}
function firstLine({ httpPort }: Target, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(httpPort, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('\r\n')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
  });
}

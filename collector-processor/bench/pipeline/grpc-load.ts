import { connect, constants, type IncomingHttpHeaders } from 'node:http2';
import { exportMethods } from '../../src/runtime/grpc/export-methods.ts';
import { framePrefix } from '../../src/runtime/grpc/frame.ts';
import type { Case } from './cases.ts';
import type { Sender } from './http-load.ts';
import { ToldToComeBack } from './told-to-come-back.ts';

const SESSIONS = 4;
const WINDOW = 8 * 1024 * 1024;

/** Unary gRPC calls over a few HTTP/2 connections, as so many exporters would open. */
export function openGrpcSender(port: number, { signal, compression }: Case): Sender {
  const sessions = Array.from({ length: SESSIONS }, () =>
    connect(`http://127.0.0.1:${port}`, { settings: { initialWindowSize: WINDOW } }),
  );
  sessions.forEach((session) => session.on('error', () => undefined));
  const headers = {
    [constants.HTTP2_HEADER_METHOD]: 'POST',
    [constants.HTTP2_HEADER_PATH]: exportMethods[signal],
    'content-type': 'application/grpc',
    te: 'trailers',
    ...(compression === 'gzip' ? { 'grpc-encoding': 'gzip' } : {}),
  };
  let turn = 0;
  return {
    send: (body) =>
      new Promise((resolve, reject) => {
        const stream = sessions[turn++ % SESSIONS]?.request(headers);
        if (stream === undefined) throw new Error('no session');
        let answer: IncomingHttpHeaders = {};
        const take = (headers: IncomingHttpHeaders): void => void (answer = { ...answer, ...headers });
        stream.on('response', take);
        stream.on('trailers', take);
        stream.on('error', reject);
        stream.on('close', () => (answer['grpc-status'] === '0' ? resolve() : reject(failureOf(answer))));
        stream.resume();
        stream.end(Buffer.concat([framePrefix(body.byteLength, compression === 'gzip'), body]));
      }),
    close: () => sessions.forEach((session) => session.destroy()),
  };
}

/** RESOURCE_EXHAUSTED and UNAVAILABLE. */
const COME_BACK = ['8', '14'];

function failureOf(answer: IncomingHttpHeaders): Error {
  const status = String(answer['grpc-status']);
  const said = `grpc-status ${status}: ${String(answer['grpc-message'])}`;
  return COME_BACK.includes(status) ? new ToldToComeBack(said) : new Error(said);
}

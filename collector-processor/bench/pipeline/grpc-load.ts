import { connect, constants, type IncomingHttpHeaders } from 'node:http2';
import { exportMethods } from '../../src/runtime/grpc/export-methods.ts';
import { framePrefix } from '../../src/runtime/grpc/frame.ts';
import type { Case } from './cases.ts';
import type { Sender } from './http-load.ts';

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
        let status: unknown;
        stream.on('trailers', (trailers: IncomingHttpHeaders) => (status = trailers['grpc-status']));
        stream.on('response', (answered) => (status = answered['grpc-status'] ?? status));
        stream.on('error', reject);
        stream.on('close', () => (status === '0' ? resolve() : reject(new Error(`grpc-status ${String(status)}`))));
        stream.resume();
        stream.end(Buffer.concat([framePrefix(body.byteLength, compression === 'gzip'), body]));
      }),
    close: () => sessions.forEach((session) => session.destroy()),
  };
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { TlsOptions } from 'node:tls';
import type { Compression, Encoding } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';
import { grpcStatusForHttp, type SinkAnswer } from './sink-answer.ts';
import { type SinkLog, signalOfPath } from './sink-log.ts';
import { exportResponse, exportResponseJson, statusBody } from './sink-replies.ts';

const contentTypes = { json: 'application/json', protobuf: 'application/x-protobuf' } as const;
const compressions: Readonly<Record<string, Compression>> = { identity: 'identity', gzip: 'gzip', zstd: 'zstd' };

/** OTLP over HTTP: protobuf and JSON, any path that ends with /v1/<signal>. */
export function createHttpSink(log: SinkLog, tls?: TlsOptions): Server {
  const listener = (incoming: IncomingMessage, reply: ServerResponse): void => {
    const chunks: Uint8Array[] = [];
    incoming.on('error', () => reply.destroy());
    incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    incoming.on('end', () => {
      takeHttp(log, { incoming, reply, body: Buffer.concat(chunks) });
    });
  };
  return tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly reply: ServerResponse;
  readonly body: Uint8Array;
}

function takeHttp(log: SinkLog, { incoming, reply, body }: Exchange): void {
  const path = incoming.url ?? '/';
  const signal = signalOfPath(path);
  const compression = compressions[incoming.headers['content-encoding'] ?? 'identity'];
  const encoding: Encoding = incoming.headers['content-type']?.startsWith('application/json') ? 'json' : 'protobuf';
  if (signal === undefined || incoming.method !== 'POST') {
    reply.writeHead(404).end();
    return;
  }
  if (compression === undefined) {
    reply.writeHead(415).end();
    return;
  }
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const answer = log.take({ signal, wire: 'http', encoding, compression, path, headers, body });
  answerHttp({ incoming, reply, signal, encoding }, answer);
}

interface Waiting {
  readonly incoming: IncomingMessage;
  readonly reply: ServerResponse;
  readonly signal: Signal;
  readonly encoding: Encoding;
}

function answerHttp(waiting: Waiting, answer: SinkAnswer): void {
  switch (answer.kind) {
    case 'hang':
      return;
    case 'reset':
      waiting.incoming.socket.resetAndDestroy();
      return;
    case 'slow':
      setTimeout(() => answerHttp(waiting, answer.then ?? { kind: 'ok' }), answer.delayMs).unref();
      return;
    case 'ok':
      sendResponse(waiting);
      return;
    case 'partial':
      sendResponse(waiting, answer);
      return;
    case 'status':
      sendStatus(waiting, answer);
  }
}

function sendResponse({ reply, signal, encoding }: Waiting, partial?: { rejected: number; message: string }): void {
  const body = encoding === 'json' ? exportResponseJson(signal, partial) : exportResponse(signal, partial);
  reply.writeHead(200, { 'content-type': contentTypes[encoding] }).end(body);
}

function sendStatus({ reply, encoding }: Waiting, answer: Extract<SinkAnswer, { kind: 'status' }>): void {
  const { status, message = '', retryAfterS, text } = answer;
  if (status === 204) {
    reply.writeHead(204).end();
    return;
  }
  const type = text === undefined ? contentTypes[encoding] : 'text/plain';
  const retry = retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
  reply.writeHead(status, { 'content-type': type, ...retry });
  reply.end(text ?? statusBody(encoding, grpcStatusForHttp(status), message));
}

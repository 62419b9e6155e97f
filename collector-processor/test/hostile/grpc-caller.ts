import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import type { Signal } from '../../src/model/signal.ts';
import { exportMethods } from '../../src/runtime/grpc/export-methods.ts';
import { frameMessage } from '../../src/runtime/grpc/frame.ts';

interface CallOptions {
  /** `grpc-encoding`; the message is then marked as compressed. */
  readonly encoding?: string;
  /** The bytes are sent as they are, without a prefix of ours. */
  readonly framed?: boolean;
}

/** Unary calls on one connection, opened again when it broke. Resolves to the gRPC status, `undefined` without one. */
export class GrpcCaller {
  readonly #port: number;
  #session: ClientHttp2Session | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  call(
    signal: Signal,
    message: Uint8Array,
    { encoding, framed = false }: CallOptions = {},
  ): Promise<number | undefined> {
    return new Promise((resolve) => {
      const stream = this.#usable().request({
        ':method': 'POST',
        ':path': exportMethods[signal],
        'content-type': 'application/grpc',
        te: 'trailers',
        ...(encoding === undefined ? {} : { 'grpc-encoding': encoding }),
      });
      let status: number | undefined;
      const read = (fields: IncomingHttpHeaders): void => {
        if (fields['grpc-status'] !== undefined) status = Number(fields['grpc-status']);
      };
      stream.on('response', read);
      stream.on('trailers', read);
      stream.on('error', () => undefined);
      stream.on('close', () => resolve(status));
      stream.resume();
      stream.end(framed ? message : frameMessage(message, encoding !== undefined));
    });
  }

  close(): void {
    this.#session?.destroy();
  }

  #usable(): ClientHttp2Session {
    const current = this.#session;
    if (current !== undefined && !current.closed && !current.destroyed) return current;
    const session = connect(`http://127.0.0.1:${this.#port}`);
    session.on('error', () => undefined);
    this.#session = session;
    return session;
  }
}

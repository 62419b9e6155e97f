import type { ClientHttp2Session } from 'node:http2';
import type { Signal } from '../../src/model/signal.ts';
import { connect, openCall } from '../../src/receivers/testing/grpc-client.ts';
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

  async call(
    signal: Signal,
    message: Uint8Array,
    { encoding, framed = false }: CallOptions = {},
  ): Promise<number | undefined> {
    const compression = encoding === undefined ? {} : { 'grpc-encoding': encoding };
    const { stream, reply } = openCall(this.#usable(), { ':path': exportMethods[signal], ...compression });
    stream.end(framed ? message : frameMessage(message, encoding !== undefined));
    const { status } = await reply;
    return status['grpc-status'] === undefined ? undefined : Number(status['grpc-status']);
  }

  close(): void {
    this.#session?.destroy();
  }

  #usable(): ClientHttp2Session {
    if (this.#session === undefined || this.#session.closed || this.#session.destroyed) {
      this.#session = connect(this.#port);
    }
    return this.#session;
  }
}

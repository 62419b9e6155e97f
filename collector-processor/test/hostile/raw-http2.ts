import { connect, type Socket } from 'node:net';

export const FrameType = { headers: 1, rstStream: 3, settings: 4, ping: 6, windowUpdate: 8, continuation: 9 } as const;

/** One HTTP/2 frame as bytes. */
export function frame(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** Block of headers of an export call, without Huffman and without a table. */
export function exportHeaders(): Buffer {
  const literal = (name: string, value: string): Buffer =>
    Buffer.concat([Buffer.from([0, name.length]), Buffer.from(name), Buffer.from([value.length]), Buffer.from(value)]);
  return Buffer.concat([
    literal(':method', 'POST'),
    literal(':scheme', 'http'),
    literal(':path', '/opentelemetry.proto.collector.trace.v1.TraceService/Export'),
    literal(':authority', 'a'),
    literal('content-type', 'application/grpc'),
    literal('te', 'trailers'),
  ]);
}

/** A connection that has said hello, and says what comes back nothing of its own. */
export class RawHttp2 {
  readonly #socket: Socket;
  closed = false;

  constructor(port: number, settings: Uint8Array = Buffer.alloc(0)) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => (this.closed = true));
    this.#socket.resume();
    this.#socket.write(Buffer.concat([Buffer.from(PREFACE), frame(FrameType.settings, 0, 0, settings)]));
  }

  /** Resolves when it has left, at once when the connection is closed. */
  write(bytes: Uint8Array): Promise<void> {
    if (this.closed) return Promise.resolve();
    return new Promise((resolve) => this.#socket.write(bytes, () => resolve()));
  }

  /** Whether the other side closes it within that time. */
  async isClosedWithin(limitMs: number): Promise<boolean> {
    if (this.closed) return true;
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), limitMs);
      this.#socket.once('close', () => {
        clearTimeout(late);
        resolve(true);
      });
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

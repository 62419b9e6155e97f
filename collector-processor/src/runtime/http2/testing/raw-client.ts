import { duplexPair } from 'node:stream';
import { type HeaderFields } from '../../http-headers.ts';
import { type FrameHead, frame, FrameType, PREFACE, settingsFrame } from '../frames.ts';
import { encodeFields } from '../hpack-encoder.ts';
import { ServerSession } from '../server-session.ts';
import { type ServerStream } from '../server-stream.ts';
import { type ServerSessionOptions } from '../session-handler.ts';

export interface Seen extends FrameHead {
  readonly payload: Buffer;
}

/** What a request has come to at the server. */
export interface Taken {
  readonly stream: ServerStream;
  readonly headers: HeaderFields;
  bytes: Buffer;
  ended: boolean;
  closed: boolean | undefined;
}

export const post = encodeFields({ ':method': 'POST', ':path': '/', 'content-type': 'application/grpc' });
export const END_STREAM = 1;
export const END_HEADERS = 4;

const defaults: ServerSessionOptions = {
  maxConcurrentStreams: 4,
  connectionWindow: 100_000,
  streamWindow: 70_000,
  maxFrameSize: 20_000,
  maxHeaderSize: 4096,
  resetBurst: 5,
  resetRate: 0,
};

/** A server's session and a client that speaks frames to it and reads its frames. */
export function openSession(options: Partial<ServerSessionOptions> = {}) {
  const [client, socket] = duplexPair();
  const requests: Taken[] = [];
  const events: string[] = [];
  const session = new ServerSession(
    socket,
    { ...defaults, ...options },
    {
      greeted: () => events.push('greeted'),
      alive: () => events.push('alive'),
      idle: () => events.push('idle'),
      foreign: (first) => events.push(`foreign ${first.toString('latin1')}`),
      broken: (code) => events.push(`broken ${code}`),
      request(stream, headers) {
        const taken: Taken = { stream, headers, bytes: Buffer.alloc(0), ended: false, closed: undefined };
        requests.push(taken);
        stream.handler = {
          data: (piece) => (taken.bytes = Buffer.concat([taken.bytes, piece])),
          end: () => (taken.ended = true),
          closed: (delivered) => (taken.closed = delivered),
        };
      },
    },
  );
  let unread: Buffer = Buffer.alloc(0);
  client.on('data', (chunk: Buffer) => (unread = Buffer.concat([unread, chunk])));
  client.on('error', () => undefined);

  return {
    session,
    client,
    requests,
    events,
    hello: (settings: Parameters<typeof settingsFrame>[0] = []) =>
      client.write(Buffer.concat([PREFACE, settingsFrame(settings)])),
    send: (type: number, flags: number, stream: number, payload?: Uint8Array) => {
      client.write(frame({ type, flags, stream }, payload));
    },
    /** All frames that have come since the last time. */
    async seen(): Promise<Seen[]> {
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      const frames: Seen[] = [];
      while (unread.length >= 9) {
        const end = 9 + unread.readUIntBE(0, 3);
        const [type, flags] = [unread[3] ?? 0, unread[4] ?? 0];
        frames.push({ type, flags, stream: unread.readUInt32BE(5), payload: unread.subarray(9, end) });
        unread = unread.subarray(end);
      }
      return frames;
    },
  };
}

export function ofType(frames: readonly Seen[], type: keyof typeof FrameType): Seen[] {
  return frames.filter((one) => one.type === FrameType[type]);
}

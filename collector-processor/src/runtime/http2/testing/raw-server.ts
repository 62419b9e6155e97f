import { duplexPair } from 'node:stream';
import { type HeaderFields } from '../../http-headers.ts';
import { ClientSession } from '../client-session.ts';
import { type ClientRequest, type ClientStream } from '../client-stream.ts';
import { frame, type FrameHead, FRAME_HEAD_BYTES, FrameType, PREFACE, settingsFrame } from '../frames.ts';
import { encodeFields } from '../hpack-encoder.ts';

export interface Seen extends FrameHead {
  readonly payload: Buffer;
}

/** What a request has come to at the client. */
export interface Asked {
  readonly stream: ClientStream;
  readonly fields: HeaderFields[];
  data: string;
  /** `done`: the other side has said all. */
  end: string | undefined;
}

export const head = encodeFields({ ':method': 'POST', ':path': '/', 'content-type': 'application/grpc' });
export const okHead = encodeFields({ ':status': '200' });
export const okTrailers = encodeFields({ 'grpc-status': '0' });

export const bodyOf = (...parts: readonly string[]): ClientRequest => {
  const bytes = parts.map((part) => Buffer.from(part));
  return { head, parts: bytes, byteLength: bytes.reduce((sum, { length }) => sum + length, 0) };
};

/** A client's session, and a server that speaks frames to it and reads its frames. */
export function openClient() {
  const [far, socket] = duplexPair();
  const events: string[] = [];
  let received = Buffer.alloc(0);
  far.on('data', (chunk: Buffer) => (received = Buffer.concat([received, chunk])));
  far.on('end', () => events.push('end'));
  const session = new ClientSession(socket, {
    explain: (code, greeted) => `broken ${code} ${greeted ? 'later' : 'at first'}`,
    alive: () => events.push('alive'),
    closed: () => events.push('closed'),
  });
  return {
    session,
    socket,
    far,
    events,
    ask(request: ClientRequest): Asked {
      const asked: { -readonly [Key in keyof Asked]?: Asked[Key] } = { fields: [], data: '', end: undefined };
      asked.stream = session.open(request, {
        fields: (fields) => asked.fields?.push(fields),
        data: (piece) => (asked.data = `${asked.data ?? ''}${piece.toString()}`),
        closed: (reason) => (asked.end = reason ?? 'done'),
      });
      return asked as Asked;
    },
    say(...frames: readonly Uint8Array[]): Promise<void> {
      far.write(Buffer.concat(frames));
      return turns();
    },
    /** Frames of the client so far, without its preface. */
    async seen(): Promise<Seen[]> {
      await turns();
      const frames: Seen[] = [];
      for (let at = PREFACE.length; at < received.length;) {
        const length = received.readUIntBE(at, 3);
        const [type, flags] = [received[at + 3]!, received[at + 4]!];
        const stream = received.readUInt32BE(at + 5);
        at += FRAME_HEAD_BYTES;
        frames.push({ type, flags, stream, payload: received.subarray(at, at + length) });
        at += length;
      }
      return frames;
    },
  };
}

export const settings = (...values: readonly (readonly [number, number])[]): Buffer => settingsFrame(values);

/** Headers, a message if one is given, and trailers. */
export function answer(stream: number, data = ''): Buffer {
  return Buffer.concat([
    frame({ type: FrameType.headers, flags: 4, stream }, okHead),
    ...(data === '' ? [] : [frame({ type: FrameType.data, flags: 0, stream }, Buffer.from(data))]),
    frame({ type: FrameType.headers, flags: 5, stream }, okTrailers),
  ]);
}

async function turns(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
}

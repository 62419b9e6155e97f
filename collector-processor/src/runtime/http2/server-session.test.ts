import { describe, expect, test } from '@jest/globals';
import { ErrorCode, FrameType, PREFACE, Setting } from './frames.ts';
import { encodeFields } from './hpack-encoder.ts';
import { END_HEADERS, END_STREAM, ofType, openSession, post } from './testing/raw-client.ts';

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const okReply = {
  head: encodeFields({ ':status': '200' }),
  body: Buffer.from('hello'),
  trailers: encodeFields({ 'grpc-status': '0' }),
};

function started(...args: Parameters<typeof openSession>) {
  const opened = openSession(...args);
  opened.hello();
  return opened;
}

describe('requests', () => {
  test('one is read, whatever pieces it comes in, and answered with headers, data and trailers', async () => {
    const { session, client, requests, seen, events } = openSession();
    const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    const headers = Buffer.concat([Buffer.from([0, 0, post.length, 1, 4, 0, 0, 0, 1]), post]);
    const data = Buffer.concat([Buffer.from([0, 0, 3, 0, 1, 0, 0, 0, 1]), Buffer.from('abc')]);
    for (const byte of Buffer.concat([PREFACE, settings, headers, data])) client.write(Buffer.from([byte]));
    await seen();
    expect(events).toEqual(['greeted']);
    expect(requests[0]).toMatchObject({ ended: true, headers: { ':method': 'POST', ':path': '/' } });
    expect(requests[0]!.bytes.toString()).toBe('abc');
    requests[0]!.stream.respond(okReply);
    const frames = await seen();
    expect(frames.map(({ type, flags, stream }) => [type, flags, stream])).toEqual([
      [FrameType.headers, END_HEADERS, 1],
      [FrameType.data, 0, 1],
      [FrameType.headers, END_HEADERS | END_STREAM, 1],
    ]);
    expect(frames[1]!.payload.toString()).toBe('hello');
    expect(requests[0]!.closed).toBe(true);
    expect(session.openStreams).toBe(0);
  });

  test('padding, priority, continuations, trailers and unknown frames are as if they were not there', async () => {
    const { requests, seen, send } = started();
    await seen();
    const half = Math.floor(post.length / 2);
    const padded = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 1]), post.subarray(0, half), Buffer.alloc(2)]);
    send(FrameType.headers, 8 | 32, 1, padded);
    send(FrameType.continuation, END_HEADERS, 1, post.subarray(half));
    send(FrameType.priority, 0, 1, Buffer.alloc(5));
    send(200, 0, 1, Buffer.from('what is this'));
    send(FrameType.data, 8, 1, Buffer.from([3, 0x61, 0x62, 0, 0, 0]));
    send(FrameType.data, 8, 1, Buffer.from([0, 0x63]));
    send(FrameType.data, 8, 1, Buffer.from([1, 0]));
    send(FrameType.headers, END_HEADERS | END_STREAM, 1, encodeFields({ late: 'yes' }));
    const frames = await seen();
    expect(requests[0]).toMatchObject({ ended: true });
    expect(requests[0]!.bytes.toString()).toBe('abc');
    expect(ofType(frames, 'goAway')).toEqual([]);
  });

  test('headers that say the same are the same object', async () => {
    const { requests, seen, send } = started();
    for (const stream of [1, 3]) send(FrameType.headers, END_HEADERS | END_STREAM, stream, post);
    await seen();
    expect(requests[1]!.headers).toBe(requests[0]!.headers);
  });

  test('an answer that comes before the request has ended ends it without an error', async () => {
    const { requests, seen, send } = started();
    send(FrameType.headers, END_HEADERS, 1, post);
    await seen();
    requests[0]!.stream.respond({ head: okReply.head });
    const frames = await seen();
    expect(frames.map(({ type }) => type)).toEqual([FrameType.headers, FrameType.rstStream]);
    expect(frames[1]!.payload).toEqual(number(ErrorCode.none));
    send(FrameType.data, END_STREAM, 1, Buffer.from('late'));
    expect(await seen()).toEqual([]);
    expect(requests[0]).toMatchObject({ closed: true, ended: false });
  });

  test('one more than allowed is refused and may be sent again', async () => {
    const { requests, seen, send } = started({ maxConcurrentStreams: 1 });
    for (const stream of [1, 3]) send(FrameType.headers, END_HEADERS, stream, post);
    const [reset] = ofType(await seen(), 'rstStream');
    expect(reset).toMatchObject({ stream: 3, payload: number(ErrorCode.refusedStream) });
    expect(requests).toHaveLength(1);
  });
});

describe('windows', () => {
  test('an answer waits for the window of its stream and of its connection, and is cut where they end', async () => {
    const { requests, seen, send, hello } = openSession();
    hello([[Setting.initialWindowSize, 2]]);
    send(FrameType.headers, END_HEADERS | END_STREAM, 1, post);
    await seen();
    requests[0]!.stream.respond(okReply);
    const first = await seen();
    expect(first.map(({ type, payload }) => [type, payload.toString()]).at(-1)).toEqual([FrameType.data, 'he']);
    send(FrameType.windowUpdate, 0, 1, number(1));
    expect((await seen()).map(({ payload }) => payload.toString())).toEqual(['l']);
    send(FrameType.settings, 0, 0, Buffer.from([0, 4, 0, 0, 0, 4])); // two more for each stream
    const last = ofType(await seen(), 'data');
    expect(last.map(({ payload }) => payload.toString())).toEqual(['lo']);
    expect(requests[0]!.closed).toBe(true);
  });

  test('a window that shrinks below nothing has to grow above it again', async () => {
    const { requests, seen, send } = started();
    send(FrameType.headers, END_HEADERS | END_STREAM, 1, post);
    send(FrameType.settings, 0, 0, Buffer.from([0, 4, 0, 0, 0, 0]));
    await seen();
    requests[0]!.stream.sendWindow -= 10;
    requests[0]!.stream.respond(okReply);
    send(FrameType.windowUpdate, 0, 1, number(10));
    expect(ofType(await seen(), 'data')).toEqual([]);
    send(FrameType.windowUpdate, 0, 1, number(5));
    expect(ofType(await seen(), 'data')).toHaveLength(1);
  });

  test('the connection has a window too', async () => {
    const { requests, seen, send } = started();
    for (const stream of [1, 3]) send(FrameType.headers, END_HEADERS | END_STREAM, stream, post);
    await seen();
    const body = Buffer.alloc(60_000);
    for (const { stream } of requests) stream.respond({ ...okReply, body });
    const bytes = ofType(await seen(), 'data').reduce((sum, { payload }) => sum + payload.length, 0);
    expect(bytes).toBe(65_535);
    send(FrameType.windowUpdate, 0, 0, number(100_000));
    const rest = ofType(await seen(), 'data').reduce((sum, { payload }) => sum + payload.length, 0);
    expect(bytes + rest).toBe(120_000);
    expect(requests.map(({ closed }) => closed)).toEqual([true, true]);
  });

  test('what is read opens the windows again', async () => {
    const { seen, send, events } = started();
    send(FrameType.headers, END_HEADERS, 1, post);
    await seen();
    const piece = Buffer.alloc(19_000);
    for (let count = 0; count < 3; count++) send(FrameType.data, 0, 1, piece);
    expect(ofType(await seen(), 'windowUpdate').map(({ stream, payload }) => [stream, payload.readUInt32BE()])).toEqual(
      [
        [1, 38_000],
        [0, 57_000],
      ],
    );
    expect(events).toEqual(['greeted']);
  });
});

describe('the end', () => {
  test('GOAWAY names the last request that is taken; open ones are finished, later ones are not looked at', async () => {
    const { session, client, requests, seen, send, events } = started();
    send(FrameType.headers, END_HEADERS | END_STREAM, 1, post);
    await seen();
    session.leave();
    send(FrameType.headers, END_HEADERS, 3, post);
    send(FrameType.data, END_STREAM, 3, Buffer.from('x'));
    const [goAway] = ofType(await seen(), 'goAway');
    expect(goAway!.payload).toEqual(Buffer.concat([number(1), number(ErrorCode.none)]));
    expect(requests).toHaveLength(1);
    const ended = new Promise((resolve) => client.once('end', resolve));
    requests[0]!.stream.respond(okReply);
    await ended;
    expect(ofType(await seen(), 'data')).toHaveLength(1);
    expect(requests[0]!.closed).toBe(true);
    expect(events).toEqual(['greeted', 'idle']);
  });

  test('a connection that breaks closes its requests, once', async () => {
    const { session, requests, seen, send } = started();
    send(FrameType.headers, END_HEADERS, 1, post);
    await seen();
    session.destroy();
    await seen();
    expect(requests[0]!.closed).toBe(false);
    requests[0]!.stream.respond(okReply);
    requests[0]!.stream.reset(ErrorCode.cancel);
    expect(await seen()).toEqual([]);
  });

  test('a request that is reset is closed, and its answer goes nowhere', async () => {
    const { requests, seen, send } = started();
    send(FrameType.headers, END_HEADERS, 1, post);
    send(FrameType.rstStream, 0, 1, number(ErrorCode.cancel));
    await seen();
    expect(requests[0]!.closed).toBe(false);
    requests[0]!.stream.respond(okReply);
    expect(await seen()).toEqual([]);
  });

  test('what is no HTTP/2 is given back', async () => {
    const { client, seen, events } = openSession();
    client.write('P');
    client.write('OST / HTTP/1.1');
    await seen();
    expect(events).toEqual(['foreign POST / HTTP/1.1']);
  });
});

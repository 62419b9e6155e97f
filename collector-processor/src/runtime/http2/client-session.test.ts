import { duplexPair } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { ClientSession } from './client-session.ts';
import { ErrorCode, frame, FrameType, goAwayFrame, pingFrame, resetFrame, Setting, windowFrame } from './frames.ts';
import { encodeFields } from './hpack-encoder.ts';
import { ServerSession } from './server-session.ts';
import { answer, bodyOf, head, okHead, openClient, settings } from './testing/raw-server.ts';

const dataOf = (frames: readonly { type: number; payload: Buffer }[]): string =>
  Buffer.concat(frames.filter(({ type }) => type === FrameType.data).map(({ payload }) => payload)).toString();

describe('a request', () => {
  test('is headers and one DATA frame that ends it; its answer is told in order and once', async () => {
    const client = openClient();
    const asked = client.ask(bodyOf('ab', 'c'));
    await client.say(settings());
    const [first, ...frames] = await client.seen();
    expect(first).toMatchObject({ type: FrameType.settings, stream: 0 });
    expect(dataOf(frames)).toBe('abc');
    expect(frames.find(({ type }) => type === FrameType.data)).toMatchObject({ flags: 1, stream: 1 });
    expect(asked.stream.hasLeft).toBe(true);
    await client.say(answer(1, 'yes'));
    expect(asked).toMatchObject({ data: 'yes', end: 'done' });
    expect(asked.fields.map((fields) => ({ ...fields }))).toEqual([{ ':status': '200' }, { 'grpc-status': '0' }]);
  });

  test('uses no table, and says so once on a connection', async () => {
    const client = openClient();
    client.ask(bodyOf('a'));
    client.ask(bodyOf('b'));
    const heads = (await client.seen()).filter(({ type }) => type === FrameType.headers);
    expect(heads.map(({ payload }) => payload.toString('hex'))).toEqual([
      `20${head.toString('hex')}`,
      head.toString('hex'),
    ]);
  });

  test('is cut into frames that the other side takes, large parts as they are and small ones together', async () => {
    const client = openClient();
    const parts = ['x', 'y'.repeat(40_000), 'z'.repeat(100), 'w'];
    client.ask(bodyOf(...parts));
    await client.say(settings([Setting.maxFrameSize, 20_000]));
    client.ask(bodyOf(...parts));
    const frames = (await client.seen()).filter(({ type }) => type === FrameType.data);
    for (const stream of [1, 3]) {
      const own = frames.filter((one) => one.stream === stream);
      expect(dataOf(own).slice(0, 65_535)).toBe(parts.join('').slice(0, dataOf(own).length));
      expect(Math.max(...own.map(({ payload }) => payload.length))).toBe(stream === 1 ? 16_384 : 20_000);
    }
  });

  test('waits for windows, of its own and of the connection, and goes on as they open', async () => {
    const client = openClient();
    const text = 'abcdefghij'.repeat(10_000);
    const asked = client.ask(bodyOf(text));
    await client.say(settings([Setting.initialWindowSize, 10]));
    const already = dataOf(await client.seen()).length;
    expect(already).toBe(65_535);
    await client.say(windowFrame(1, 70_000));
    expect(dataOf(await client.seen())).toHaveLength(already);
    await client.say(windowFrame(0, 1000));
    expect(dataOf(await client.seen())).toHaveLength(already + 1000);
    expect(asked.stream.hasLeft).toBe(false);
    await client.say(windowFrame(0, 100_000));
    await client.say(windowFrame(1, 100_000));
    expect(dataOf(await client.seen())).toBe(text);
    expect(asked.stream.hasLeft).toBe(true);
  });

  test('that is answered before it has left is broken off, and is known not to have left', async () => {
    const client = openClient();
    const asked = client.ask(bodyOf('x'.repeat(100_000)));
    await client.say(settings(), answer(1));
    expect(asked).toMatchObject({ end: 'done', stream: { hasLeft: false } });
    expect((await client.seen()).at(-1)).toMatchObject({ type: FrameType.rstStream, stream: 1 });
  });

  test('that is given up is reset, and what still comes for it disturbs nobody', async () => {
    const client = openClient();
    const asked = client.ask(bodyOf('a'));
    await client.say(settings());
    asked.stream.cancel('enough');
    await client.say(answer(1, 'late'));
    const next = client.ask(bodyOf('b'));
    await client.say(answer(3));
    expect([asked.end, asked.data, next.end]).toEqual(['enough', '', 'done']);
  });

  test('waits for a place when the other side takes no more at a time', async () => {
    const client = openClient();
    await client.say(settings([Setting.maxConcurrentStreams, 1]));
    const asked = ['a', 'b', 'c'].map((text) => client.ask(bodyOf(text)));
    expect(dataOf(await client.seen())).toBe('a');
    asked[1]!.stream.cancel('not wanted');
    await client.say(answer(1));
    expect(dataOf(await client.seen())).toBe('ac');
    await client.say(answer(3));
    expect(asked.map(({ end }) => end)).toEqual(['done', 'not wanted', 'done']);
  });
});

describe('the other side', () => {
  test('that leaves finishes what it has looked at; the rest is told so, and nothing more is sent', async () => {
    const client = openClient();
    const [first, second] = [client.ask(bodyOf('a')), client.ask(bodyOf('b'))];
    await client.say(settings(), goAwayFrame(1, ErrorCode.none));
    expect(second.end).toContain('GOAWAY');
    expect([first.end, client.session.isUsable]).toEqual([undefined, false]);
    await client.say(answer(1));
    expect([first.end, client.events.includes('end')]).toEqual(['done', true]);
  });

  test('that resets a request costs that one only', async () => {
    const client = openClient();
    const [first, second] = [client.ask(bodyOf('a')), client.ask(bodyOf('b'))];
    await client.say(settings(), resetFrame(1, ErrorCode.refusedStream), answer(3));
    expect([first.end, second.end]).toEqual([expect.stringContaining('code 7'), 'done']);
  });

  test('that goes away ends all that is open', async () => {
    const client = openClient();
    const asked = client.ask(bodyOf('a'));
    await client.say(settings());
    client.socket.destroy(new Error('cable cut'));
    await client.say();
    expect([asked.end, client.events]).toEqual(['cable cut', ['closed']]);
  });

  test('has its pings answered, and is let go when it asks on and on without reading the answers', async () => {
    const client = openClient();
    await client.say(settings(), pingFrame(Buffer.from('12345678'), false));
    expect((await client.seen()).at(-1)).toMatchObject({ type: FrameType.ping, flags: 1 });
    const asked = client.ask(bodyOf('a'));
    client.far.pause();
    const flood = Buffer.concat(Array.from({ length: 100_000 }, () => pingFrame(Buffer.alloc(8), false)));
    await client.say(flood);
    expect(asked.end).toBe('broken 11 later');
  });

  test('gets its window back for what it says, and may not say more than that', async () => {
    const client = openClient();
    const asked = client.ask(bodyOf('a'));
    const piece = frame({ type: FrameType.data, flags: 0, stream: 1 }, Buffer.alloc(16_384, 'x'));
    const headers = frame({ type: FrameType.headers, flags: 4, stream: 1 }, okHead);
    await client.say(settings(), headers, ...Array.from({ length: 10 }, () => piece));
    expect(asked.data).toHaveLength(163_840);
    const widened = (await client.seen()).filter(({ type, stream }) => type === FrameType.windowUpdate && stream === 1);
    expect(widened.length).toBeGreaterThan(0);
  });

  test.each([
    ['speaks no HTTP/2', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'broken 6 at first'],
    [
      'pushes',
      Buffer.concat([settings(), frame({ type: FrameType.pushPromise, flags: 4, stream: 1 })]),
      'broken 1 later',
    ],
    ['speaks of a request that there is not', Buffer.concat([settings(), answer(7)]), 'broken 1 later'],
    [
      'opens a window too far',
      Buffer.concat([settings(), windowFrame(0, 0x7fffffff)]),
      `broken ${ErrorCode.flowControl} later`,
    ],
    [
      'sends headers that cannot be read',
      Buffer.concat([settings(), frame({ type: FrameType.headers, flags: 4, stream: 1 }, Buffer.of(0xff, 0xff))]),
      `broken ${ErrorCode.compression} later`,
    ],
  ])('that %s loses the connection', async (_what, bytes, why) => {
    const client = openClient();
    const asked = client.ask(bodyOf('a'));
    await client.say(bytes);
    expect(asked.end).toBe(why);
    expect(client.session.isUsable).toBe(false);
  });

  test('that sends too many headers costs the request', async () => {
    const client = openClient();
    const asked = client.ask(bodyOf('a'));
    const long = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x-${i}`, 'v'.repeat(1100)]));
    const block = encodeFields(long);
    const frames = [];
    for (let at = 0; at < block.length; at += 16_000) {
      const flags = at + 16_000 >= block.length ? 4 : 0;
      const type = at === 0 ? FrameType.headers : FrameType.continuation;
      frames.push(frame({ type, flags, stream: 1 }, block.subarray(at, at + 16_000)));
    }
    await client.say(settings(), ...frames);
    expect(asked.end).toBeDefined();
    expect(asked.fields).toEqual([]);
  });
});

test('both roles understand each other, with bodies larger than all windows', async () => {
  const [near, far] = duplexPair();
  let received = 0;
  const limits = { maxConcurrentStreams: 4, connectionWindow: 70_000, streamWindow: 66_000, maxFrameSize: 20_000 };
  const options = { ...limits, maxHeaderSize: 4096, resetBurst: 5, resetRate: 0 };
  const nothing = (): void => undefined;
  new ServerSession(far, options, {
    ...{ greeted: nothing, alive: nothing, idle: nothing, foreign: nothing, broken: nothing },
    request(stream) {
      stream.handler = {
        data: (piece) => (received += piece.length),
        end: () => stream.respond({ head: okHead, body: Buffer.alloc(100_000, 'b') }),
        closed: nothing,
      };
    },
  });
  const client = new ClientSession(near, { explain: String, alive: nothing, closed: nothing });
  const ask = (text: string): Promise<unknown> => {
    let bytes = 0;
    return new Promise((resolve) => {
      const closed = (reason: string | undefined): void => resolve([bytes, reason]);
      client.open(bodyOf(text), { fields: nothing, data: (piece) => (bytes += piece.length), closed });
    });
  };
  // From its answer on the limits of the other side are known.
  await ask('a');
  const answers = Array.from({ length: 10 }, () => ask('a'.repeat(300_000)));
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 10 }, () => [100_000, undefined]));
  expect(received).toBe(3_000_001);
});

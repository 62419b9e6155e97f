import { describe, expect, test } from '@jest/globals';
import { ErrorCode, FrameType } from './frames.ts';
import { encodeFields } from './hpack-encoder.ts';
import { END_HEADERS, END_STREAM, ofType, openSession, post } from './testing/raw-client.ts';

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const cancel = bytes(0, 0, 0, 8);
const { headers, data, settings, ping, windowUpdate, continuation, rstStream, priority, pushPromise } = FrameType;

type Frames = readonly (readonly [type: number, flags: number, stream: number, payload?: Uint8Array])[];

async function after(frames: Frames, options: Parameters<typeof openSession>[0] = {}) {
  const opened = openSession(options);
  opened.hello();
  for (const [type, flags, stream, payload] of frames) opened.send(type, flags, stream, payload);
  const seen = await opened.seen();
  const codeOf = (type: 'goAway' | 'rstStream'): number | undefined =>
    ofType(seen, type)[0]?.payload.readUInt32BE(type === 'goAway' ? 4 : 0);
  return { ...opened, goAway: codeOf('goAway'), reset: codeOf('rstStream'), answers: seen };
}

const open = [headers, END_HEADERS, 1, post] as const;
const ended = [headers, END_HEADERS | END_STREAM, 1, post] as const;

describe('what ends the connection', () => {
  const cases: [name: string, code: number, frames: Frames][] = [
    ['a request with an even number', ErrorCode.protocol, [[headers, END_HEADERS, 2, post]]],
    ['a request on stream 0', ErrorCode.protocol, [[headers, END_HEADERS, 0, post]]],
    ['data on a stream that was never opened', ErrorCode.protocol, [[data, 0, 1, bytes(1)]]],
    ['data on stream 0', ErrorCode.protocol, [[data, 0, 0, bytes(1)]]],
    ['a reset of a stream that was never opened', ErrorCode.protocol, [[rstStream, 0, 1, cancel]]],
    ['a window of a stream that was never opened', ErrorCode.protocol, [[windowUpdate, 0, 3, bytes(0, 0, 0, 1)]]],
    ['a push', ErrorCode.protocol, [[pushPromise, END_HEADERS, 1, bytes(0, 0, 0, 2)]]],
    ['a continuation of nothing', ErrorCode.protocol, [[continuation, END_HEADERS, 1, post]]],
    [
      'another frame between headers and their continuation',
      ErrorCode.protocol,
      [
        [headers, 0, 1, post],
        [ping, 0, 0, Buffer.alloc(8)],
      ],
    ],
    [
      'data between headers and their continuation',
      ErrorCode.protocol,
      [open, [headers, 0, 3, post], [data, 0, 1, bytes(1)]],
    ],
    [
      'a continuation of another stream',
      ErrorCode.protocol,
      [
        [headers, 0, 1, post],
        [continuation, END_HEADERS, 3, post],
      ],
    ],
    ['padding longer than its frame', ErrorCode.protocol, [open, [data, 8, 1, bytes(2, 0)]]],
    ['padding longer than the headers', ErrorCode.protocol, [[headers, END_HEADERS | 8, 1, bytes(9, 0x82)]]],
    ['padding without its length', ErrorCode.frameSize, [open, [data, 8, 1]]],
    ['a frame larger than allowed', ErrorCode.frameSize, [open, [data, 0, 1, Buffer.alloc(20_001)]]],
    ['a ping of seven bytes', ErrorCode.frameSize, [[ping, 0, 0, Buffer.alloc(7)]]],
    ['a ping on a stream', ErrorCode.protocol, [[ping, 0, 1, Buffer.alloc(8)]]],
    ['settings cut short', ErrorCode.frameSize, [[settings, 0, 0, bytes(0, 4, 0, 0, 0)]]],
    ['settings on a stream', ErrorCode.protocol, [[settings, 0, 1]]],
    ['an acknowledgement that says something', ErrorCode.frameSize, [[settings, 1, 0, Buffer.alloc(6)]]],
    ['a window larger than there is', ErrorCode.flowControl, [[settings, 0, 0, bytes(0, 4, 0x80, 0, 0, 0)]]],
    ['a frame size smaller than there is', ErrorCode.protocol, [[settings, 0, 0, bytes(0, 5, 0, 0, 0, 1)]]],
    ['push that is neither on nor off', ErrorCode.protocol, [[settings, 0, 0, bytes(0, 2, 0, 0, 0, 2)]]],
    ['a window that grows by nothing', ErrorCode.protocol, [[windowUpdate, 0, 0, bytes(0, 0, 0, 0)]]],
    ['a window that overflows', ErrorCode.flowControl, [[windowUpdate, 0, 0, bytes(0x7f, 255, 255, 255)]]],
    [
      'windows of streams that overflow by a setting',
      ErrorCode.flowControl,
      [open, [windowUpdate, 0, 1, bytes(0x7f, 255, 0, 0)], [settings, 0, 0, bytes(0, 4, 0, 2, 0, 0)]],
    ],
    ['a priority of four bytes', ErrorCode.frameSize, [[priority, 0, 1, Buffer.alloc(4)]]],
    ['a reset of three bytes', ErrorCode.frameSize, [open, [rstStream, 0, 1, Buffer.alloc(3)]]],
    ['headers that cannot be decoded', ErrorCode.compression, [[headers, END_HEADERS, 1, bytes(0x80)]]],
    ['headers that are too long', ErrorCode.enhanceYourCalm, [[headers, END_HEADERS, 1, Buffer.alloc(5000)]]],
    [
      'headers that never end',
      ErrorCode.enhanceYourCalm,
      [[headers, 0, 1, post], ...Array.from({ length: 50 }, () => [continuation, 0, 1, Buffer.alloc(100)] as const)],
    ],
    [
      'continuations with nothing in them',
      ErrorCode.enhanceYourCalm,
      [
        [headers, 0, 1, post],
        [continuation, 0, 1],
        [continuation, 0, 1],
      ],
    ],
    [
      'a frame that would have to be kept and is too large',
      ErrorCode.enhanceYourCalm,
      [[settings, 0, 0, Buffer.alloc(18_000)]],
    ],
  ];

  test.each(cases)('%s', async (_name, code, frames) => {
    const { goAway, events, requests, client, seen } = await after(frames);
    expect(goAway).toBe(code);
    expect(events).toContain(`broken ${code}`);
    expect(requests.every(({ closed }) => closed === false)).toBe(true);
    client.write(Buffer.alloc(100));
    expect(await seen()).toEqual([]);
  });

  test('more data than the connection has a window for', async () => {
    const { goAway } = await after([open, [data, 0, 1, Buffer.alloc(66_000)]], {
      connectionWindow: 65_535,
      maxFrameSize: 70_000,
    });
    expect(goAway).toBe(ErrorCode.flowControl);
  });

  test('anything before the settings', async () => {
    const opened = openSession();
    opened.client.write(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'));
    opened.send(...open);
    await opened.seen();
    expect(opened.events).toEqual([`broken ${ErrorCode.protocol}`]);
  });
});

describe('what costs a request only', () => {
  const withHeader = (fields: Record<string, string>): Frames => [
    [headers, END_HEADERS | END_STREAM, 1, encodeFields({ ':method': 'POST', ':path': '/', ...fields })],
  ];
  const cases: [name: string, code: number, frames: Frames][] = [
    ['data behind its end', ErrorCode.streamClosed, [ended, [data, 0, 1, bytes(1)]]],
    ['headers behind its end', ErrorCode.protocol, [ended, [headers, END_HEADERS | END_STREAM, 1, post]]],
    ['a second set of headers that is not the last', ErrorCode.protocol, [open, [headers, END_HEADERS, 1, post]]],
    ['a window that grows by nothing', ErrorCode.protocol, [open, [windowUpdate, 0, 1, bytes(0, 0, 0, 0)]]],
    ['a window that overflows', ErrorCode.flowControl, [open, [windowUpdate, 0, 1, bytes(0x7f, 255, 255, 255)]]],
    [
      'a line break in a value, which could become a header further on',
      ErrorCode.protocol,
      withHeader({ 'x-scope-orgid': 'a\r\nx-admin: 1' }),
    ],
    ['a zero in a value', ErrorCode.protocol, withHeader({ tenant: 'a\0' })],
    ['a capital in a name', ErrorCode.protocol, withHeader({ Tenant: 'a' })],
    ['a space in a name', ErrorCode.protocol, withHeader({ 'a b': 'a' })],
    ['a pseudo-header of its own', ErrorCode.protocol, withHeader({ ':tenant': 'a' })],
    ['no path', ErrorCode.protocol, [[headers, END_HEADERS | END_STREAM, 1, encodeFields({ ':method': 'POST' })]]],
    [
      'a list that is too large',
      ErrorCode.protocol,
      withHeader(Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`a${i}`, '']))),
    ],
  ];

  test.each(cases)('%s', async (_name, code, frames) => {
    const { goAway, reset, requests, send, seen } = await after(frames);
    expect([goAway, reset]).toEqual([undefined, code]);
    expect(requests.every(({ closed }) => closed === false)).toBe(true);
    send(headers, END_HEADERS | END_STREAM, 3, post);
    await seen();
    expect(requests.at(-1)).toMatchObject({ ended: true, stream: { id: 3 } });
  });

  test('more data than its window', async () => {
    const { goAway, reset } = await after([open, [data, 0, 1, Buffer.alloc(11)]], { streamWindow: 10 });
    expect([goAway, reset]).toEqual([undefined, ErrorCode.flowControl]);
  });

  test('a name like one of every object is a name', async () => {
    const { requests } = await after(withHeader({ ['__proto__']: 'a', constructor: 'b' }));
    expect(requests[0]!.headers.constructor).toBe('b');
  });
});

describe('what may be done a few times', () => {
  const many = (each: (stream: number) => Frames): Frames =>
    Array.from({ length: 6 }, (_, i) => each(2 * i + 1)).flat();
  const cases: [name: string, frames: Frames][] = [
    [
      'resets',
      many((stream) => [
        [headers, END_HEADERS, stream, post],
        [rstStream, 0, stream, cancel],
      ]),
    ],
    [
      'mistakes that make the server reset',
      many((stream) => [
        [headers, END_HEADERS, stream, post],
        [windowUpdate, 0, stream, bytes(0, 0, 0, 0)],
      ]),
    ],
    ['resets of what is over', [open, ...Array.from({ length: 6 }, () => [rstStream, 0, 1, cancel] as const)]],
    ['requests that are malformed', many((stream) => [[headers, END_HEADERS, stream, encodeFields({ ':path': '/' })]])],
  ];

  test.each(cases)('%s', async (_name, frames) => {
    expect((await after(frames)).goAway).toBe(ErrorCode.enhanceYourCalm);
    expect((await after(frames, { resetBurst: 6 })).goAway).toBeUndefined();
  });
});

test('pings are answered with what they said; while nobody takes the answers nothing more is read', async () => {
  const { client, send, seen, events } = await after([[ping, 0, 0, Buffer.from('12345678')]]);
  expect(events).toEqual(['greeted']);
  send(ping, 0, 0, Buffer.from('abcdefgh'));
  expect((await seen()).map(({ flags, payload }) => [flags, payload.toString()])).toEqual([[1, 'abcdefgh']]);
  client.pause();
  const flood = Buffer.concat(
    Array.from({ length: 1000 }, () => Buffer.from([0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8])),
  );
  let written = 0;
  for (; written < 1000 && client.write(flood); written++) await new Promise((resolve) => setImmediate(resolve));
  expect(written).toBeLessThan(1000);
});

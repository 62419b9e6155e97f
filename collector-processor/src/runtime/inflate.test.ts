import * as zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type ByteReserve, unlimitedReserve } from './body-buffer.ts';
import { SpareMemory } from './body-memory.ts';
import { inflateLater, inflateNow, type Inflated, type InflateJob } from './inflate.ts';

const MIB = 1024 * 1024;
const compress = { gzip: zlib.gzipSync, zstd: zlib.zstdCompressSync } as const;
const compressions = ['gzip', 'zstd'] as const;

function job(compression: InflateJob['compression'], body: Uint8Array, changes: Partial<InflateJob> = {}): InflateJob {
  return { body, compression, maxBytes: 64 * MIB, reserve: unlimitedReserve, ...changes };
}

function limited(limit: number): ByteReserve & { used: number; highest: number } {
  return {
    used: 0,
    highest: 0,
    fits(bytes) {
      return this.used + bytes <= limit;
    },
    take(bytes) {
      if (!this.fits(bytes)) return false;
      this.used += bytes;
      return true;
    },
  };
}

/** As the receivers do it. */
async function inflate(given: InflateJob): Promise<Inflated> {
  return inflateNow(given) ?? (await inflateLater(given));
}

function payloadOf(result: Inflated | undefined): Buffer {
  if (result?.kind !== 'inflated') throw new Error(`not inflated: ${JSON.stringify(result)}`);
  return Buffer.from(result.payload);
}

/** Text that compresses about tenfold, so that sizes are honest on both sides. */
function text(bytes: number): Buffer {
  let made = '';
  for (let line = 0; made.length < bytes; line++) made += `line ${line * 7919} of a log that repeats itself a little\n`;
  return Buffer.from(made.slice(0, bytes));
}

describe.each(compressions)('%s', (compression) => {
  test.each([0, 1, 100, 4096, 300_000])('%d bytes come back at once, and the same later', async (size) => {
    const plain = text(size);
    const packed = compress[compression](plain);
    expect(payloadOf(inflateNow(job(compression, packed))).equals(plain)).toBe(true);
    expect(payloadOf(await inflateLater(job(compression, packed))).equals(plain)).toBe(true);
  });

  test('more than 1 MiB is left for later', async () => {
    const plain = text(3 * MIB);
    const packed = compress[compression](plain);
    expect(inflateNow(job(compression, packed))).toBeUndefined();
    expect(payloadOf(await inflateLater(job(compression, packed))).equals(plain)).toBe(true);
  });

  test('several members or frames are read whole, now and later', async () => {
    const parts = [text(1000), Buffer.alloc(0), text(50_000)];
    const packed = Buffer.concat(parts.map((part) => compress[compression](part)));
    const plain = Buffer.concat(parts);
    expect(payloadOf(inflateNow(job(compression, packed))).equals(plain)).toBe(true);
    expect(payloadOf(await inflateLater(job(compression, packed))).equals(plain)).toBe(true);
  });

  test('exactly the cap passes, one byte more does not', async () => {
    for (const size of [1000, 2 * MIB]) {
      const packed = compress[compression](text(size));
      expect((await inflate(job(compression, packed, { maxBytes: size }))).kind).toBe('inflated');
      expect((await inflate(job(compression, packed, { maxBytes: size - 1 }))).kind).toBe('too_large');
    }
  });

  test('a body cut at any place is malformed', async () => {
    const packed = compress[compression](text(2000));
    for (let length = 0; length < packed.length; length += 7) {
      const cut = packed.subarray(0, length);
      if (length === 0 && compression === 'zstd') continue;
      expect((await inflate(job(compression, cut))).kind).toBe('malformed');
      expect((await inflateLater(job(compression, cut))).kind).toBe('malformed');
    }
  });

  test('garbage, and garbage behind a whole body, is malformed', async () => {
    const packed = compress[compression](text(100));
    for (const body of [Buffer.from('not compressed at all'), Buffer.concat([packed, Buffer.from('tail')])]) {
      expect((await inflate(job(compression, body))).kind).toBe('malformed');
      expect((await inflateLater(job(compression, body))).kind).toBe('malformed');
    }
  });

  test('what comes out is accounted for, and refused when there is no room', async () => {
    for (const size of [10_000, 3 * MIB]) {
      const packed = compress[compression](text(size));
      const roomy = limited(size);
      expect((await inflate(job(compression, packed, { reserve: roomy }))).kind).toBe('inflated');
      expect(roomy.used).toBe(size);
      expect((await inflate(job(compression, packed, { reserve: limited(size - 1) }))).kind).toBe('full');
    }
  });

  test('a bomb of 512 MiB of zeros stops at the cap', async () => {
    const bomb = await bombOf(compression, 512 * MIB);
    const reserve = limited(128 * MIB);
    expect(await inflate(job(compression, bomb, { maxBytes: 16 * MIB, reserve }))).toEqual({ kind: 'too_large' });
    expect(reserve.used).toBeLessThanOrEqual(16 * MIB);
  });
});

test('a gzip trailer that tells only the last member is no fault, a false one is malformed', async () => {
  const plain = text(100_000);
  for (const lie of [0, 1, 99_999, 5_000_000]) {
    const honest = zlib.gzipSync(plain);
    const extra = zlib.gzipSync(Buffer.alloc(lie === 5_000_000 ? 0 : 1));
    extra.writeUInt32LE(lie, extra.length - 4);
    const result = await inflate(job('gzip', Buffer.concat([honest, extra])));
    expect(result.kind).toBe(lie === 1 ? 'inflated' : 'malformed');
  }
});

test('a zstd frame of unstated length is inflated too', async () => {
  for (const size of [1000, 3 * MIB]) {
    const plain = text(size);
    const packed = await streamed(zlib.createZstdCompress(), plain);
    expect(payloadOf(await inflate(job('zstd', packed))).equals(plain)).toBe(true);
  }
});

test('a zstd window above 32 MiB is refused when the frame does not state its length', async () => {
  const engine = zlib.createZstdCompress({ params: { [zlib.constants.ZSTD_c_windowLog]: 27 } });
  const packed = await streamed(engine, text(1000));
  expect((await inflate(job('zstd', packed))).kind).toBe('malformed');
});

test('skippable zstd frames are skipped', async () => {
  const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const frame = zlib.zstdCompressSync(text(50));
  const body = Buffer.concat([skippable, frame, skippable]);
  expect(payloadOf(inflateNow(job('zstd', body))).equals(text(50))).toBe(true);
  expect((await inflate(job('zstd', body.subarray(0, body.length - 1)))).kind).toBe('malformed');
});

test('a row of very many zstd frames is refused', async () => {
  const frames = (count: number) => Buffer.concat(Array.from({ length: count }, () => zlib.zstdCompressSync(text(1))));
  expect((await inflate(job('zstd', frames(128)))).kind).toBe('inflated');
  expect((await inflate(job('zstd', frames(129)))).kind).toBe('malformed');
});

test('a zstd frame that states less than it holds is malformed', async () => {
  const frame = zlib.zstdCompressSync(text(200));
  const lie = Buffer.from(frame);
  lie[5] = 10;
  expect((await inflate(job('zstd', lie))).kind).toBe('malformed');
});

async function bombOf(compression: 'gzip' | 'zstd', bytes: number): Promise<Buffer> {
  const engine = compression === 'gzip' ? zlib.createGzip({ level: 1 }) : zlib.createZstdCompress();
  return streamed(engine, Buffer.alloc(MIB), bytes / MIB);
}

/** Written in two pieces at least, so that the engine cannot know the length at its start. */
function streamed(engine: zlib.Gzip | zlib.ZstdCompress, plain: Buffer, times = 1): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    engine.on('data', (chunk: Buffer) => chunks.push(chunk));
    engine.on('end', () => resolve(Buffer.concat(chunks)));
    engine.on('error', reject);
    engine.write(plain.subarray(0, 1));
    engine.flush(() => {
      engine.write(plain.subarray(1));
      for (let time = 1; time < times; time++) engine.write(plain);
      engine.end();
    });
  });
}

test.each(compressions)('%s comes out into memory that is lent, as much of it as was accounted for', (compression) => {
  const memory = new SpareMemory(MIB);
  const plain = text(100_000);
  const reserve = limited(MIB);
  const one = inflateNow(job(compression, compress[compression](plain), { memory, reserve }));
  expect(payloadOf(one).equals(plain)).toBe(true);
  expect([reserve.used, memory.bytes]).toEqual([memory.sizeFor(plain.length), 0]);
  if (one?.kind === 'inflated') one.release?.();
  expect(memory.bytes).toBe(memory.sizeFor(plain.length));
  const other = text(90_000).reverse();
  expect(payloadOf(inflateNow(job(compression, compress[compression](other), { memory }))).equals(other)).toBe(true);
});

test('several gzip members that lie about their length come out into lent memory too', () => {
  const memory = new SpareMemory(MIB);
  const plain = [text(50_000), text(60_000), text(20)];
  const body = Buffer.concat(plain.map((one) => zlib.gzipSync(one)));
  expect(payloadOf(inflateNow(job('gzip', body, { memory }))).equals(Buffer.concat(plain))).toBe(true);
});

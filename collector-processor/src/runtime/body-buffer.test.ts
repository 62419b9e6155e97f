import { describe, expect, test } from '@jest/globals';
import { BodyBuffer, type ByteReserve, unlimitedReserve } from './body-buffer.ts';
import { SpareMemory } from './body-memory.ts';

const KIB = 1024;

function reserveOf(limit: number): ByteReserve & { used: number } {
  return {
    used: 0,
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

function numbered(length: number, first = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (first + index) % 251);
}

function pushAll(body: BodyBuffer, bytes: Uint8Array, chunkBytes: number): void {
  const results = new Set<string>();
  for (let at = 0; at < bytes.length; at += chunkBytes) results.add(body.push(bytes.subarray(at, at + chunkBytes)));
  expect([...results]).toEqual(['ok']);
}

describe('BodyBuffer', () => {
  test('a body that just fits is taken, though the memory that is lent for its size would not fit', () => {
    const memory = new SpareMemory(1024 * KIB);
    expect(memory.sizeFor(900 * KIB)).toBe(1024 * KIB);
    const reserve = reserveOf(901 * KIB);
    const body = new BodyBuffer(950 * KIB, reserve, memory);
    expect(body.announce(900 * KIB)).toBe('ok');
    for (let at = 0; at < 9; at++) expect(body.copy(numbered(100 * KIB, at))).toBe('ok');
    expect(reserve.used).toBe(900 * KIB);
    expect(body.bytes()[899 * KIB]).toBe(numbered(100 * KIB, 8)[99 * KIB]);
    body.release();
    expect(memory.bytes).toBe(0);
  });

  test('one chunk is kept as it is', () => {
    const body = new BodyBuffer(100, unlimitedReserve);
    const chunk = numbered(10);
    expect(body.push(chunk)).toBe('ok');
    expect(body.bytes()).toBe(chunk);
  });

  test.each([
    [300 * KIB, 64 * KIB],
    [300 * KIB, 1],
    [3 * KIB * KIB, 100_000],
  ])('%d bytes in chunks of %d come out as they went in, announced or not', (length, chunkBytes) => {
    const bytes = numbered(length);
    const announced = new BodyBuffer(length, unlimitedReserve);
    expect(announced.announce(length)).toBe('ok');
    pushAll(announced, bytes, chunkBytes);
    expect(Buffer.compare(announced.bytes(), bytes)).toBe(0);
    const unannounced = new BodyBuffer(length, unlimitedReserve);
    pushAll(unannounced, bytes, chunkBytes);
    expect(Buffer.compare(unannounced.bytes(), bytes)).toBe(0);
  });

  test('the chunks of the sender are never written to', () => {
    const first = numbered(10);
    const body = new BodyBuffer(100, unlimitedReserve);
    body.push(first.subarray(0, 5));
    body.push(numbered(5, 100));
    expect(first).toEqual(numbered(10));
  });

  test('never keeps more than the reserve has granted', () => {
    const reserve = reserveOf(200 * KIB);
    const body = new BodyBuffer(1024 * KIB, reserve);
    const push = () => body.push(numbered(16 * KIB));
    let result = push();
    while (result === 'ok') {
      expect(body.bytes().buffer.byteLength).toBeLessThanOrEqual(reserve.used);
      result = push();
    }
    expect(result).toBe('full');
    expect(body.length).toBeGreaterThanOrEqual(128 * KIB);
  });

  test('a large announcement holds no more of the reserve than 1 MiB before its bytes come', () => {
    const reserve = reserveOf(100 * KIB * KIB);
    const body = new BodyBuffer(64 * KIB * KIB, reserve);
    expect(body.announce(64 * KIB * KIB)).toBe('ok');
    body.push(numbered(10));
    body.push(numbered(10));
    expect(reserve.used).toBe(KIB * KIB);
  });

  test('an announcement over the cap or without room is refused and holds nothing', () => {
    const reserve = reserveOf(50);
    expect(new BodyBuffer(10, reserve).announce(11)).toBe('too_large');
    expect(new BodyBuffer(100, reserve).announce(51)).toBe('full');
    expect(reserve.used).toBe(0);
  });

  test('the chunk that passes the cap is refused', () => {
    const body = new BodyBuffer(10, unlimitedReserve);
    expect(body.push(numbered(10))).toBe('ok');
    expect(body.push(numbered(1))).toBe('too_large');
  });
});

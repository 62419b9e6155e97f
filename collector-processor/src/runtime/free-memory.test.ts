import { expect, test } from '@jest/globals';
import { BodyBuffer, unlimitedReserve } from './body-buffer.ts';
import { freeMemory } from './free-memory.ts';

const KIB = 1024;
const whole = (fill: number) => new Uint8Array(8 * KIB).fill(fill);

test('the memory of an array that is a whole buffer is given back', () => {
  const bytes = whole(1);
  freeMemory(bytes);
  expect(bytes.buffer.byteLength).toBe(0);
  expect(bytes).toHaveLength(0);
});

test('a part of a larger buffer stays: others read the rest', () => {
  const larger = new Uint8Array(16 * KIB).fill(2);
  freeMemory(larger.subarray(0, 8 * KIB));
  freeMemory(larger.subarray(8 * KIB));
  expect(larger).toEqual(new Uint8Array(16 * KIB).fill(2));
});

test('little, nothing, and memory that is shared stay', () => {
  const little = new Uint8Array(64).fill(3);
  freeMemory(little);
  freeMemory(new Uint8Array(0));
  const shared = new Uint8Array(new SharedArrayBuffer(8 * KIB));
  freeMemory(shared);
  expect(little).toHaveLength(64);
  expect(shared).toHaveLength(8 * KIB);
});

test('the chunks of a body are freed once they were copied, and a body of one chunk is that chunk', () => {
  const [first, second] = [whole(4), whole(5)];
  const body = new BodyBuffer(1024 * KIB, unlimitedReserve);
  body.push(first);
  expect(body.bytes()).toBe(first);
  body.push(second);
  expect([first, second].map(({ length }) => length)).toEqual([0, 0]);
  expect(body.bytes()).toEqual(Buffer.concat([whole(4), whole(5)]).subarray());
});

import { describe, expect, test } from '@jest/globals';
import { unlimitedReserve } from '../body-buffer.ts';
import { frameMessage, framePrefix } from './frame.ts';
import { MessageReader } from './message-reader.ts';

const message = Buffer.from('0123456789');
const reader = (maxBytes = 1000) => new MessageReader(maxBytes, unlimitedReserve);

describe('MessageReader', () => {
  test.each([1, 2, 3, 4, 5, 6, 14, 15])('reads a message that arrives in chunks of %d bytes', (size) => {
    const frame = frameMessage(message, true);
    const read = reader();
    for (let at = 0; at < frame.length; at += size) {
      const last = at + size >= frame.length;
      expect(read.push(frame.subarray(at, at + size))).toBe(last ? 'complete' : 'partial');
    }
    expect(Buffer.from(read.message())).toEqual(message);
    expect(read.compressed).toBe(true);
  });

  test('a message in one chunk is a copy: the chunk stays its owner’s', () => {
    const frame = frameMessage(message, false);
    const read = reader();
    expect(read.push(frame)).toBe('complete');
    frame.fill(0);
    expect(Buffer.from(read.message())).toEqual(message);
    expect(read.compressed).toBe(false);
  });

  test('an empty message is complete with its prefix', () => {
    const read = reader();
    expect(read.push(framePrefix(0, false))).toBe('complete');
    expect(read.message()).toHaveLength(0);
  });

  test('a prefix over the cap is refused before its message is kept, also at the largest length', () => {
    expect(reader(9).push(framePrefix(10, false))).toBe('too_large');
    const largest = Buffer.from([0, 0xff, 0xff, 0xff, 0xff]);
    const read = reader(9);
    expect(read.push(largest)).toBe('too_large');
    expect(read.announcedBytes).toBe(0xffffffff);
  });

  test('a prefix that does not fit the reserve is refused without taking anything', () => {
    let taken = 0;
    const reserve = { fits: (bytes: number) => bytes <= 9, take: (bytes: number) => ((taken += bytes), true) };
    expect(new MessageReader(1000, reserve).push(framePrefix(10, false))).toBe('full');
    expect(taken).toBe(0);
  });

  test('a flag other than 0 and 1 is refused', () => {
    expect(reader().push(Buffer.from([2, 0, 0, 0, 1, 0]))).toBe('bad_flag');
  });

  test('bytes behind the message are refused, in the same chunk and in a later one', () => {
    const frame = frameMessage(message, false);
    expect(reader().push(Buffer.concat([frame, frame]))).toBe('excess');
    const read = reader();
    expect(read.push(frame)).toBe('complete');
    expect(read.push(Buffer.from([0]))).toBe('excess');
  });
});

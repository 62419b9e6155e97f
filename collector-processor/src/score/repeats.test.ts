import { describe, expect, test } from '@jest/globals';
import { Repeats } from './repeats.ts';

function request(text: string, tenant = '') {
  return { signal: 'logs' as const, tenant, payload: new TextEncoder().encode(text) };
}

describe('a request that did not get through', () => {
  test('is known when it comes again, as often as it does', () => {
    const repeats = new Repeats(10);
    repeats.remember(request('a'));
    expect(repeats.isRepeat(request('a'))).toBe(true);
    expect(repeats.isRepeat(request('a'))).toBe(true);
    expect(repeats.isRepeat(request('b'))).toBe(false);
    expect(repeats.isRepeat(request('a', 'other'))).toBe(false);
  });

  test('is forgotten when it gets through', () => {
    const repeats = new Repeats(10);
    repeats.remember(request('a'));
    repeats.forget(request('a'));
    expect([repeats.isRepeat(request('a')), repeats.size]).toEqual([false, 0]);
  });
});

describe('the memory is bounded', () => {
  test('the oldest goes first', () => {
    const repeats = new Repeats(2);
    for (const text of ['a', 'b', 'c']) repeats.remember(request(text));
    expect(['a', 'b', 'c'].map((text) => repeats.isRepeat(request(text)))).toEqual([false, true, true]);
  });

  test('none is kept with a bound of none', () => {
    const repeats = new Repeats(0);
    repeats.remember(request('a'));
    expect(repeats.size).toBe(0);
  });
});

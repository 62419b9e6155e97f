import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { RequestMemory, type SentRequest } from './request-memory.ts';

function request(text: string, headers: Readonly<Record<string, string>> = {}): SentRequest {
  return { signal: 'logs', headers, payload: Buffer.from(text) };
}

function createMemory(maxRequests = 10) {
  const evicted = { count: 0 };
  const memory = new RequestMemory<string>({ maxRequests, for: 1000 }, () => evicted.count++);
  return { memory, evicted };
}

describe('a request that is remembered', () => {
  test('is known when it comes again, as often as it does, until its time is over', () => {
    const { memory } = createMemory();
    memory.remember(request('a'), 'told', 0);
    expect([memory.recall(request('a'), 0), memory.recall(request('a'), 999)]).toEqual(['told', 'told']);
    expect([memory.recall(request('a'), 1000), memory.size]).toEqual([undefined, 0]);
  });

  test('lives on when it is remembered again', () => {
    const { memory } = createMemory();
    memory.remember(request('a'), 'first', 0);
    memory.remember(request('a'), 'second', 900);
    expect([memory.recall(request('a'), 1500), memory.size]).toEqual(['second', 1]);
  });

  test('is none of another payload, signal or tenant', () => {
    const { memory } = createMemory();
    memory.remember(request('a', { 'x-scope-orgid': 't' }), 'told', 0);
    const others = [request('b', { 'x-scope-orgid': 't' }), request('a'), request('a', { 'x-scope-orgid': 'u' })];
    expect(others.map((other) => memory.recall(other, 0))).toEqual([undefined, undefined, undefined]);
    expect(memory.recall({ ...request('a', { 'x-scope-orgid': 't' }), signal: 'traces' }, 0)).toBeUndefined();
  });

  test('is none of another payload with the same length and check sum', () => {
    const [one, two] = ['plumless', 'buckeroo'];
    expect(crc32(one)).toBe(crc32(two));
    const { memory } = createMemory();
    memory.remember(request(one), 'told', 0);
    expect(memory.recall(request(two), 0)).toBeUndefined();
  });

  test('is forgotten on request', () => {
    const { memory } = createMemory();
    memory.remember(request('a'), 'told', 0);
    memory.forget(request('b'));
    memory.forget(request('a'));
    expect([memory.recall(request('a'), 0), memory.size]).toEqual([undefined, 0]);
  });
});

describe('the memory is bounded', () => {
  test('the oldest goes first, and is counted', () => {
    const { memory, evicted } = createMemory(2);
    for (const text of ['a', 'b', 'a', 'c']) memory.remember(request(text), text, 0);
    expect(['a', 'b', 'c'].map((text) => memory.recall(request(text), 0))).toEqual(['a', undefined, 'c']);
    expect(evicted.count).toBe(1);
  });

  test('what is too old makes room before anything else does', () => {
    const { memory, evicted } = createMemory(2);
    for (const [at, text] of ['a', 'b'].entries()) memory.remember(request(text), text, at);
    memory.remember(request('c'), 'c', 5000);
    expect([memory.size, evicted.count]).toEqual([1, 0]);
  });

  test('none is kept with a bound of none, nor what is beyond a smaller one', () => {
    const { memory } = createMemory(2);
    for (const text of ['a', 'b']) memory.remember(request(text), text, 0);
    memory.configure({ maxRequests: 1, for: 1000 });
    expect(memory.recall(request('b'), 0)).toBe('b');
    memory.configure({ maxRequests: 0, for: 1000 });
    memory.remember(request('c'), 'c', 0);
    expect(memory.size).toBe(0);
  });
});

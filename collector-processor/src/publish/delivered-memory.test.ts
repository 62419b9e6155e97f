import { describe, expect, test } from '@jest/globals';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { DeliveredMemory } from './delivered-memory.ts';
import { exportRequest } from './testing/export-request.ts';

const options = { enabled: true, for: 1000, maxRequests: 2 };
const taker = new Map([['loki', { kind: 'accepted' } as const]]);
const request = (text: string, headers: Readonly<Record<string, string>> = {}) =>
  exportRequest(Buffer.from(text), { headers });

describe('DeliveredMemory', () => {
  test('knows a payload again, however it was compressed, until its time is over', () => {
    const memory = new DeliveredMemory(options, createSelfMetrics());
    memory.remember(request('a'), taker, 0);
    expect(memory.recall(exportRequest(Buffer.from('a'), { compression: 'gzip' }), 999)).toBe(taker);
    expect(memory.recall(request('a'), 1000)).toBeUndefined();
    expect(memory.size).toBe(0);
  });

  test('tells payloads, signals and tenants apart; the order of headers does not matter', () => {
    const memory = new DeliveredMemory(options, createSelfMetrics());
    memory.remember(request('a', { 'x-a': '1', 'x-b': '2' }), taker, 0);
    expect(memory.recall(request('a', { 'x-b': '2', 'x-a': '1' }), 0)).toBe(taker);
    expect(memory.recall(request('b', { 'x-a': '1', 'x-b': '2' }), 0)).toBeUndefined();
    expect(memory.recall(request('a'), 0)).toBeUndefined();
    expect(memory.recall({ ...request('a', { 'x-a': '1', 'x-b': '2' }), signal: 'traces' }, 0)).toBeUndefined();
  });

  test('is bounded: the oldest is forgotten first, and counted', () => {
    const metrics = createSelfMetrics();
    const memory = new DeliveredMemory(options, metrics);
    for (const text of ['a', 'b', 'a', 'c']) memory.remember(request(text), taker, 0);
    expect(['a', 'b', 'c'].map((text) => memory.recall(request(text), 0))).toEqual([taker, undefined, taker]);
    expect(metrics.render()).toContain('sentinel_forward_remembered_evicted_total 1\n');
  });

  test('keeps what it knows under new limits, as far as they allow', () => {
    const memory = new DeliveredMemory(options, createSelfMetrics());
    for (const text of ['a', 'b']) memory.remember(request(text), taker, 0);
    memory.configure({ ...options, maxRequests: 1 });
    expect(['a', 'b'].map((text) => memory.recall(request(text), 0))).toEqual([undefined, taker]);
    memory.configure({ ...options, enabled: false });
    expect(memory.size).toBe(0);
  });

  test('remembers nothing when switched off, or when nobody took it', () => {
    const off = new DeliveredMemory({ ...options, enabled: false }, createSelfMetrics());
    off.remember(request('a'), taker, 0);
    const on = new DeliveredMemory(options, createSelfMetrics());
    on.remember(request('a'), new Map(), 0);
    expect([off.size, on.size]).toEqual([0, 0]);
  });
});

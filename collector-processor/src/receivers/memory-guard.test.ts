import { describe, expect, test } from '@jest/globals';
import { MemoryGuard } from './memory-guard.ts';
import { call } from './testing/grpc-client.ts';
import { send } from './testing/http-client.ts';
import { until } from './testing/receivers-under-test.ts';
import { useGrpcReceivers, useReceivers } from './testing/use-receivers.ts';

function guardOf(limit: number) {
  const state = { bytes: 0, flags: [] as string[], allowed: Infinity, collections: 0 };
  const budget = { allow: (bytes: number) => void (state.allowed = bytes) };
  const guard = new MemoryGuard({
    limit,
    budget,
    residentBytes: () => state.bytes,
    collectYoung: () => state.collections++,
    setFlags: (flags) => state.flags.push(flags),
  });
  const look = (bytes: number): boolean => {
    state.bytes = bytes;
    guard.look();
    return guard.isFull;
  };
  return { guard, state, look };
}

describe('MemoryGuard', () => {
  test('collects early when memory becomes scarce, and as V8 likes when there is plenty again', () => {
    const { look, state } = guardOf(1000);
    for (const bytes of [100, 699, 700, 900, 699, 100]) look(bytes);
    expect(state.flags).toEqual(['--heap-growing-percent=50', '--heap-growing-percent=0']);
    expect(state.collections).toBe(2);
  });

  test('is full just below the limit, and no longer than that', () => {
    const { look } = guardOf(1000);
    expect([949, 950, 2000, 949].map(look)).toEqual([false, true, true, false]);
  });

  test('requests may bring what there is room for', () => {
    const { guard, look, state } = guardOf(1000);
    const allowed = [200, 500, 800, 2000].map((bytes) => {
      look(bytes);
      return state.allowed;
    });
    expect(allowed).toEqual([200, 100, 0, 0]);
    guard.stop();
    expect(state.allowed).toBe(Infinity);
  });

  test('a stop leaves V8 as it was', () => {
    const { guard, look, state } = guardOf(1000);
    look(1000);
    guard.stop();
    expect(guard.isFull).toBe(false);
    expect(state.flags.at(-1)).toBe('--heap-growing-percent=0');
  });
});

describe('at the limit of memory', () => {
  const start = useReceivers();
  const startGrpc = useGrpcReceivers();
  const body = Buffer.from('any');

  test('a request over HTTP is told to come back, and counted', async () => {
    const { httpPort, requests, metric } = await start({ maxMemory: 1 });
    await until(() => metric('sentinel_receiver_memory_full') === 1);
    const reply = await send({ port: httpPort, body });
    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('2');
    expect(reply.body.toString()).toContain('memory');
    expect(requests).toEqual([]);
    expect(metric('sentinel_receiver_refused_total', 'reason="memory_full"', 'wire="http"')).toBe(1);
  });

  test('one over gRPC is UNAVAILABLE', async () => {
    const { session, metric } = await startGrpc({ maxMemory: 1 });
    await until(() => metric('sentinel_receiver_memory_full') === 1);
    expect((await call(session, body)).status['grpc-status']).toBe('14');
  });

  test('without a limit nobody is refused', async () => {
    const { httpPort, metric } = await start({ maxMemory: 0 });
    expect((await send({ port: httpPort, body })).status).toBe(200);
    expect(metric('sentinel_receiver_memory_full')).toBe(0);
  });
});

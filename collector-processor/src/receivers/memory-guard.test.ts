import { describe, expect, test } from '@jest/globals';
import { silentLogger } from '../runtime/logger.ts';
import { MemoryGuard } from './memory-guard.ts';
import { send } from './testing/http-client.ts';
import { until } from './testing/receivers-under-test.ts';
import { useReceivers } from './testing/use-receivers.ts';

function guardOf(limit: number, threads = 1) {
  const state = { resident: 0, used: 0, nowMs: 0, allowed: Infinity, done: [] as string[] };
  const guard = new MemoryGuard({
    limit,
    threads,
    budget: { allow: (bytes) => void (state.allowed = bytes) },
    spare: { clear: () => state.done.push('clear') },
    clock: { monotonicMs: () => state.nowMs },
    logger: silentLogger,
    memory: {
      resident: () => state.resident,
      used: () => state.used,
      collect: (type) => state.done.push(type),
      setFlags: (flags) => state.done.push(flags),
    },
  });
  const look = (resident: number): boolean => {
    state.resident = resident;
    guard.look();
    return guard.isFull;
  };
  return { guard, state, look };
}

const MIB = 1024 * 1024;

describe('MemoryGuard', () => {
  test('collects early when memory becomes scarce, and as V8 likes when there is plenty again', () => {
    const { look, state } = guardOf(1000);
    for (const bytes of [100, 649, 650, 650, 700, 649, 100]) look(bytes);
    expect(state.done).toEqual(['--heap-growing-percent=25', 'minor', 'minor', '--heap-growing-percent=0']);
  });

  test('requests may bring what there is room for', () => {
    const { guard, look, state } = guardOf(1000);
    const allowed = [200, 500, 797].map((bytes) => {
      look(bytes);
      return state.allowed;
    });
    expect(allowed).toEqual([200, 100, 1]);
    guard.stop();
    expect(state.allowed).toBe(Infinity);
  });

  test('of several threads each lets in its share', () => {
    const { look, state } = guardOf(1000, 2);
    look(200);
    expect(state.allowed).toBe(100);
  });

  test('without room everything is collected, and what is in use then counts', () => {
    const { guard, look, state } = guardOf(1000 * MIB);
    guard.ask();
    state.used = 100 * MIB;
    expect(look(990 * MIB)).toBe(false);
    expect(state.done.slice(-2)).toEqual(['clear', 'major']);
    expect(state.allowed).toBe(((800 - 200) / 3) * MIB);
  });

  test('is full when what is in use leaves no room, and until it does', () => {
    const { guard, look, state } = guardOf(1000 * MIB);
    guard.ask();
    state.used = 750 * MIB;
    expect(look(900 * MIB)).toBe(true);
    state.used = 500 * MIB;
    expect(look(900 * MIB)).toBe(true);
    guard.ask();
    state.nowMs = 2000;
    expect(look(900 * MIB)).toBe(false);
  });

  test('an idle process is not collected again and again', () => {
    const { guard, look, state } = guardOf(1000 * MIB);
    guard.ask();
    for (state.nowMs = 0; state.nowMs < 60_000; state.nowMs += 25) look(900 * MIB);
    expect(state.done.filter((what) => what === 'major')).toHaveLength(1);
    expect(state.done.filter((what) => what === 'minor')).toHaveLength(1);
  });

  test('a stop leaves V8 as it was', () => {
    const { guard, look, state } = guardOf(1000);
    look(1000);
    guard.stop();
    expect(guard.isFull).toBe(false);
    expect(state.done.at(-1)).toBe('--heap-growing-percent=0');
  });
});

describe('at the limit of memory', () => {
  const start = useReceivers();
  const small = Buffer.from('any');
  const large = Buffer.alloc(9 * MIB);

  test('small requests get through, large ones are told to come back, and that is counted', async () => {
    const { httpPort, metric } = await start({ maxMemory: 1 });
    await send({ port: httpPort, body: small });
    await until(() => metric('sentinel_receiver_memory_full') === 1);
    const reply = await send({ port: httpPort, body: large });
    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('2');
    expect(metric('sentinel_receiver_refused_total', 'reason="full"', 'wire="http"')).toBe(1);
    expect((await send({ port: httpPort, body: small })).status).toBe(200);
  });

  test('without a limit nobody is refused', async () => {
    const { httpPort, metric } = await start({ maxMemory: 0 });
    expect((await send({ port: httpPort, body: large })).status).toBe(200);
    expect(metric('sentinel_receiver_memory_full')).toBe(0);
  });
});

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { isReady } from '../shop/control.ts';
import { startChild } from './child.ts';

const demo = join(import.meta.dirname, '..');
const keeperFile = join(demo, 'testing/keeper.ts');
const service = [join(demo, 'shop-service.ts'), 'payment', '1.4.0', '1'];
const server = ['--import', join(demo, 'processes/leave-with-parent.ts'), join(demo, 'testing/server.ts')];

const started: number[] = [];

afterEach(() => {
  for (const pid of started.splice(0)) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 200 && isRunning(pid); tries++) await pause(25);
  return !isRunning(pid);
}

/** Starts a keeper with one child and returns both process ids. */
async function startKeeper(freezeMs: number, args: readonly string[], folder = '') {
  const keeper = spawn(process.execPath, [keeperFile, String(freezeMs), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '', TEST_FOLDER: folder },
  });
  const child = await new Promise<number>((resolve) => {
    keeper.stdout.once('data', (text) => resolve(Number.parseInt(String(text), 10)));
  });
  started.push(keeper.pid ?? 0, child);
  return { keeper: keeper.pid ?? 0, child };
}

describe('when the demo is killed so hard that it can do nothing more', () => {
  test('a service leaves', async () => {
    const { keeper, child } = await startKeeper(0, service);
    expect(isRunning(child)).toBe(true);
    process.kill(keeper, 'SIGKILL');
    expect(await isGone(child)).toBe(true);
  }, 20_000);

  test('a service that hangs leaves too', async () => {
    const { keeper, child } = await startKeeper(60_000, service);
    process.kill(keeper, 'SIGKILL');
    expect(await isGone(child)).toBe(true);
  }, 20_000);

  test('a server that knows nothing of the demo leaves, and takes the folder with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leave-with-parent-'));
    const { keeper, child } = await startKeeper(0, server, folder);
    process.kill(keeper, 'SIGKILL');
    expect(await isGone(child)).toBe(true);
    expect(existsSync(folder)).toBe(false);
    rmSync(folder, { recursive: true, force: true });
  }, 20_000);
});

describe('a child', () => {
  test('that does not end when it is asked to is ended by force, also while it hangs', async () => {
    const child = startChild({ name: 'payment', args: service, env: {} });
    started.push(child.pid);
    await child.message(isReady);
    await child.send({ kind: 'freeze', ms: 60_000 });
    await child.stop(() => undefined, 50);
    expect(isRunning(child.pid)).toBe(false);
    expect(await child.exited).toBe('payment ended with SIGKILL');
  }, 20_000);

  test('that ends before it is ready says why', async () => {
    const child = startChild({ name: 'odd', args: ['-e', 'throw new Error("no disk")'], env: {} });
    await expect(child.message(isReady)).rejects.toThrow(/odd ended with code 1[\s\S]*no disk/);
  }, 20_000);

  test('that has ended can still be sent to and stopped', async () => {
    const child = startChild({ name: 'short', args: ['-e', ''], env: {} });
    expect(await child.exited).toBe('short ended with code 0');
    await child.send({ kind: 'stop' });
    await child.stop(() => undefined, 1_000);
  }, 20_000);

  test('is not given the flags for Node and OpenTelemetry of whoever starts the demo', async () => {
    process.env.OTEL_SDK_DISABLED = 'true';
    const script =
      'process.send({ options: process.env.NODE_OPTIONS, otel: process.env.OTEL_SDK_DISABLED, own: process.env.OWN })';
    const child = startChild({ name: 'env', args: ['-e', script], env: { OWN: 'yes' } });
    const message = await child.message((value): value is object => typeof value === 'object');
    delete process.env.OTEL_SDK_DISABLED;
    expect(message).toEqual({ own: 'yes' });
  }, 20_000);
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../src/runtime/clock.ts';
import { runDemo } from './demo.ts';
import { latency } from './faults/latency.ts';
import { logStorm } from './faults/log-storm.ts';
import { type DemoOptions, parseOptions } from './options.ts';
import { freePort } from './processes/free-port.ts';
import { sentinelConfig } from './processes/sentinel-config.ts';
import { startSentinel } from './processes/sentinel-process.ts';
import type { Surroundings } from './surroundings.ts';
import { createNarrator } from './terminal/narrator.ts';

const RUN_MS = 60_000;
const brief = { durationMs: 1_500, recoveryMs: 100 };

let lines: string[];
let input: PassThrough;
let surroundings: Surroundings;

beforeEach(() => {
  lines = [];
  input = new PassThrough();
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  surroundings = {
    narrator: createNarrator({ write: (line) => lines.push(line), elapsedMs, colours: false }),
    clock: systemClock,
    elapsedMs,
    sentinelMain: join(import.meta.dirname, 'testing/fake-sentinel.ts'),
    input,
    stop: new AbortController(),
  };
});

async function options(changed: Partial<DemoOptions>): Promise<DemoOptions> {
  const [grpc, http, api, control] = [await freePort(0), await freePort(0), await freePort(0), await freePort(0)];
  const quick = { learnMs: 200, quietMs: 0, gapMs: 0, ports: { grpc, http, api, control } };
  return { ...parseOptions(['--once', '--json']), ...quick, ...changed };
}

const ourFolders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`sentinel-demo-${process.pid}-`));

async function portsAreFree({ ports }: DemoOptions): Promise<boolean> {
  const free = await Promise.all(Object.values(ports).map(async (port: number) => (await freePort(port)) === port));
  return free.every(Boolean);
}

test(
  'the menu is played once, scored, and nothing is left behind',
  async () => {
    const chosen = await options({ menu: [{ ...latency, ...brief }] });
    expect(await runDemo(chosen, surroundings)).toBe(0);
    const text = lines.join('\n');
    expect(text).toContain(`http://127.0.0.1:${chosen.ports.api}/`);
    expect(text).toMatch(/up after \d+\.\d s: storefront, checkout/);
    expect(text).toMatch(/injected +latency: payment answers five times slower/);
    expect(text).toMatch(/found +latency after 1 bucket, 1\.5 s in payment: p95 of POST \/charges up/);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      found: 1,
      faults: [{ fault: 'latency', found: { delay_ms: 1500 } }],
    });
    expect(ourFolders()).toEqual([]);
    expect(await portsAreFree(chosen)).toBe(true);
  },
  RUN_MS,
);

test(
  'a fault that was not found makes the run fail',
  async () => {
    const chosen = await options({ menu: [{ ...logStorm, ...brief }], json: false });
    expect(await runDemo(chosen, surroundings)).toBe(1);
    expect(lines.join('\n')).toMatch(/log-storm +storefront .*MISSED/);
  },
  RUN_MS,
);

test(
  'when Sentinel cannot start the reason is told and everything ends',
  async () => {
    const chosen = await options({});
    const missing = { ...surroundings, sentinelMain: join(import.meta.dirname, 'testing/no-such-file.ts') };
    expect(await runDemo(chosen, missing)).toBe(1);
    expect(lines.join('\n')).toMatch(/trouble +sentinel ended with code 1[\s\S]*no-such-file/);
    expect(ourFolders()).toEqual([]);
  },
  RUN_MS,
);

test(
  'whoever types quit ends a demo that goes on',
  async () => {
    const chosen = await options({ menu: [{ ...latency, ...brief }], once: false });
    const run = runDemo(chosen, surroundings);
    const typed = setInterval(() => {
      if (lines.some((line) => line.includes('The shop goes on.'))) input.write('quit\n');
    }, 50);
    expect(await run).toBe(0);
    clearInterval(typed);
    expect(await portsAreFree(chosen)).toBe(true);
  },
  RUN_MS,
);

test(
  'the shop also runs before a Sentinel that is there already, which stays',
  async () => {
    const chosen = await options({ menu: [{ ...logStorm, ...brief }] });
    const { grpc, http, api } = chosen.ports;
    const folder = mkdtempSync(join(tmpdir(), 'sentinel-running-'));
    const config = sentinelConfig({ ...chosen, storeFile: '', injectionsFile: join(folder, 'none.json') });
    const sentinel = startSentinel({ main: surroundings.sentinelMain, folder, config, env: {} });
    const at = (port: number): string => `http://127.0.0.1:${port}`;
    const running = { api: at(api), grpc: at(grpc), http: at(http) };
    // Nobody finds anything, so the run fails; but telemetry came in, and the menu was played.
    expect(await runDemo({ ...chosen, running }, { ...surroundings, sentinelMain: 'none' })).toBe(1);
    const text = lines.join('\n');
    expect(text).toContain(`${running.api}/`);
    expect(text).toMatch(/log-storm +storefront .*MISSED/);
    expect((await fetch(`${running.api}/readyz`)).ok).toBe(true);
    await sentinel.stop();
    rmSync(folder, { recursive: true });
  },
  RUN_MS,
);

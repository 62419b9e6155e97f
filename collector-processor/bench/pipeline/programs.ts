import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { Case } from './cases.ts';
import { collectorConfig, sentinelConfig, type Ports } from './program-configs.ts';

/** Sentinel, and the Collector in the ways people run it. */
export const baselines = ['wait', 'batch', 'gogc400'] as const;
export type Baseline = (typeof baselines)[number];
export type ProgramName = 'sentinel' | Baseline;

/** A program under test, alone on the first core. */
export interface Program {
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ProgramPlan {
  readonly name: ProgramName;
  readonly one: Case;
  readonly ports: Ports;
  readonly collector: string;
  /** Folder for a V8 CPU profile of Sentinel; empty for none. */
  readonly profile: string;
}

const CORE = '0';
const START_MS = 20_000;

export async function startProgram({ name, one, ports, collector, profile }: ProgramPlan): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-bench-'));
  const file = join(folder, 'config.yaml');
  const isSentinel = name === 'sentinel';
  writeFileSync(file, stringify(isSentinel ? sentinelConfig(one, ports, folder) : collectorConfig(one, ports, name)));
  const main = join(import.meta.dirname, '../../src/main.ts');
  const profiling = profile === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const command = isSentinel
    ? [process.execPath, ...profiling, main, 'serve', '--config', file]
    : [collector, '--config', file];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn('taskset', ['-c', CORE, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: isSentinel ? env : { ...env, GOMAXPROCS: '1', ...(name === 'gogc400' ? { GOGC: '400' } : {}) },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  }
  const until = Date.now() + START_MS;
  while (!(await listens(ports.http))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${name} did not start\n${said}`);
    await pause(50);
  }
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} has no process`);
  return {
    pid,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await once(child, 'exit');
        clearTimeout(late);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (up: boolean) => {
      socket.destroy();
      resolve(up);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import { freePort } from '../../demo/processes/free-port.ts';
import { messageOf } from '../../src/runtime/errors.ts';
import { type Program, startProgram } from '../clients/program.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const START_MS = 30_000;

export interface Sentinel {
  readonly httpUrl: string;
  readonly grpcUrl: string;
  /** A counter from /metrics, summed over the label sets that contain `labels` (such as `outcome="retry"`). */
  count(name: string, labels?: string): Promise<number>;
  stop(): Promise<void>;
}

/**
 * The whole program with these backends, on free ports, in a process of its own: senders in this process would be taken
 * for what Sentinel itself has forwarded.
 */
export async function startSentinel(backends: Readonly<Record<string, unknown>>): Promise<Sentinel> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(backends);
    } catch (error) {
      // A port that was free a moment ago may have been taken since, by any program of the machine.
      if (!messageOf(error).includes('SENTINEL_LISTEN_FAILED') || attempt === 5) throw error;
    }
  }
}

async function start(backends: Readonly<Record<string, unknown>>): Promise<Sentinel> {
  const [grpc, http, api] = [await freePort(0), await freePort(0), await freePort(0)];
  const at = (port: number) => ({ endpoint: `127.0.0.1:${port}` });
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-backends-'));
  const file = join(folder, 'sentinel.yaml');
  const settings = {
    receivers: { otlp: { grpc: at(grpc), http: at(http) } },
    forward: { backends },
    store: { path: ':memory:' },
    api: at(api),
    telemetry: { log_level: 'error' },
  };
  writeFileSync(file, stringify(settings));
  const program = startProgram(process.execPath, [MAIN, 'serve', '--config', file]);
  await untilReady(api, program);
  return {
    httpUrl: `http://127.0.0.1:${http}`,
    grpcUrl: `http://127.0.0.1:${grpc}`,
    async count(name, labels = '') {
      const text = await (await fetch(`http://127.0.0.1:${api}/metrics`)).text();
      const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) && line.includes(labels));
      return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    },
    async stop() {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(api: number, program: Program): Promise<void> {
  for (const until = Date.now() + START_MS; Date.now() < until;) {
    const ended = program.ended();
    if (ended !== undefined) throw new Error(ended);
    const ready = await fetch(`http://127.0.0.1:${api}/readyz`).catch(() => undefined);
    if (ready?.ok === true) return;
    await pause(100);
  }
  throw new Error('Sentinel did not start.');
}

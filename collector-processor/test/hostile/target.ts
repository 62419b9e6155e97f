import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import { freePort } from '../../demo/processes/free-port.ts';
import type { Measured } from './innocent-child.ts';

/** Sentinel with its default limits, a backend behind it and clients that behave. */
export interface Target {
  readonly httpPort: number;
  readonly grpcPort: number;
  /** What the clients that behave have seen since the last time. */
  measured(): Promise<Measured>;
  /** Resident memory now, in MiB; 0 when it has ended. */
  rssMib(): number;
  /** Value of a metric, summed over the label sets that contain all of `labels`. */
  metric(name: string, ...labels: string[]): Promise<number>;
  stop(): Promise<void>;
}

const START_MS = 30_000;

/** `backends` joins the backend that behaves, by the name of their type. */
export async function startTarget(backends: (port: number) => object = innocentBackend): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-hostile-'));
  const innocent = fork(new URL('innocent-child.ts', import.meta.url));
  const [{ backend }] = (await once(innocent, 'message')) as [{ backend: number }];
  const [http, grpc, api] = [await freePort(0), await freePort(0), await freePort(0)];
  const file = join(folder, 'config.yaml');
  const settings = {
    receivers: { otlp: { grpc: { endpoint: `127.0.0.1:${grpc}` }, http: { endpoint: `127.0.0.1:${http}` } } },
    forward: { backends: backends(backend) },
    publish: { backends: {} },
    store: { path: join(folder, 'sentinel.sqlite') },
    api: { endpoint: `127.0.0.1:${api}`, anonymous_read: true },
    telemetry: { log_level: 'error' },
  };
  writeFileSync(file, stringify(settings));
  const main = join(import.meta.dirname, '../../src/main.ts');
  const env = { ...process.env, NODE_OPTIONS: '' };
  const sentinel = spawn(process.execPath, [main, 'serve', '--config', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  let said = '';
  sentinel.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  await isReady(api, sentinel, () => said);
  innocent.send({ http, grpc });
  return {
    httpPort: http,
    grpcPort: grpc,
    async measured() {
      innocent.send('measured');
      const [message] = (await once(innocent, 'message')) as [Measured];
      const { exitCode, signalCode } = sentinel;
      const died = exitCode === null && signalCode === null ? [] : [`Sentinel ended: ${said}`];
      return { ...message, faults: [...message.faults, ...died] };
    },
    rssMib: () => rssOf(sentinel),
    async metric(name, ...labels) {
      const text = await (await fetch(`http://127.0.0.1:${api}/metrics`)).text();
      const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
      const wanted = lines.filter((line) => labels.every((label) => line.includes(label)));
      return wanted.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    },
    async stop() {
      innocent.kill();
      if (sentinel.exitCode === null && sentinel.signalCode === null) {
        const late = setTimeout(() => sentinel.kill('SIGKILL'), 20_000);
        sentinel.kill('SIGTERM');
        await once(sentinel, 'exit');
        clearTimeout(late);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function innocentBackend(port: number): object {
  return { otlphttp: { endpoint: `http://127.0.0.1:${port}` } };
}

async function isReady(api: number, sentinel: ChildProcess, said: () => string): Promise<void> {
  for (const until = Date.now() + START_MS; Date.now() < until;) {
    const ready = await fetch(`http://127.0.0.1:${api}/readyz`).catch(() => undefined);
    if (ready?.ok === true) return;
    if (sentinel.exitCode !== null) break;
    await pause(100);
  }
  throw new Error(`Sentinel did not start: ${said()}`);
}

function rssOf({ pid, exitCode }: ChildProcess): number {
  if (pid === undefined || exitCode !== null) return 0;
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kib ?? 0) / 1024;
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../demo/processes/free-port.ts';
import { startProgram } from '../clients/program.ts';
import { until } from '../grafana/suite.ts';

/** Starts are many, and the machine may be busy. */
const SLOW_START_MS = 180_000;

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** Sentinel in one folder, which is killed and started again. */
export interface Lives {
  readonly otlpUrl: string;
  /** Starts it; ready when this is done. */
  begin(): Promise<void>;
  /** kill -9. */
  end(): Promise<void>;
  /** Undefined when it did not answer: whether it was done nobody knows. */
  ask(path: string, body?: object, method?: string): Promise<Answer | undefined>;
  /** Ends it if it lives, and removes the folder. */
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function createLives(settings: object): Promise<Lives> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-kill-'));
  const [grpcPort, httpPort, apiPort] = [await freePort(0), await freePort(0), await freePort(0)];
  const at = (port: number) => ({ endpoint: `127.0.0.1:${port}` });
  const file = join(folder, 'sentinel.yaml');
  const all = {
    receivers: { otlp: { grpc: at(grpcPort), http: at(httpPort) } },
    store: { path: join(folder, 'store.db') },
    api: at(apiPort),
    telemetry: { log_level: 'error' },
    ...settings,
  };
  writeFileSync(file, JSON.stringify(all));
  const create = ['tokens', 'create', '--config', file, '--name', 'Ana', '--role', 'responder'];
  const token = execFileSync(process.execPath, [MAIN, ...create], { encoding: 'utf8', env: plainEnvironment() }).trim();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  let life: ReturnType<typeof startProgram> | undefined;

  async function isReady(): Promise<true | undefined> {
    const end = life?.ended();
    if (end !== undefined) throw new Error(`Sentinel ended: ${end}`);
    const answer = await answerOf(`${apiUrl}/readyz`, {});
    return answer?.status === 200 ? true : undefined;
  }

  async function end(): Promise<void> {
    const ending = life;
    life = undefined;
    if (ending === undefined) return;
    const early = ending.ended();
    if (early !== undefined) throw new Error(`Sentinel ended by itself: ${early}`);
    process.kill(ending.pid, 'SIGKILL');
    await until('it is gone', () => ending.ended());
  }

  return {
    otlpUrl: `http://127.0.0.1:${httpPort}`,
    async begin() {
      life = startProgram(process.execPath, [MAIN, 'serve', '--config', file]);
      await until('Sentinel is ready', isReady, SLOW_START_MS);
    },
    end,
    ask(path, body, method = body === undefined ? 'GET' : 'POST') {
      const told = body === undefined ? {} : { body: JSON.stringify(body) };
      return answerOf(`${apiUrl}/api/v1${path}`, { method, headers, ...told });
    },
    async close() {
      try {
        await end();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

async function answerOf(url: string, init: RequestInit): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text };
  } catch {
    return undefined;
  }
}

/** npm's and Jest's flags for Node are not meant for it. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS'));
}

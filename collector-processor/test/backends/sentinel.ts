import { freePort } from '../../demo/processes/free-port.ts';
import { startApp } from '../../src/app.ts';
import { loadSettings } from '../../src/config/schema.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { codeOf } from '../../src/runtime/errors.ts';
import { createLogger } from '../../src/runtime/logger.ts';

export interface Sentinel {
  readonly httpUrl: string;
  readonly grpcUrl: string;
  /** A counter from /metrics, summed over the label sets that contain `labels` (such as `outcome="retry"`). */
  count(name: string, labels?: string): Promise<number>;
  stop(): Promise<void>;
}

/** The whole program in this process, on free ports, with these backends. */
export async function startSentinel(backends: Readonly<Record<string, unknown>>): Promise<Sentinel> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(backends);
    } catch (error) {
      // A port that was free a moment ago may have been taken since, by any program of the machine.
      if (codeOf(error) !== 'SENTINEL_LISTEN_FAILED' || attempt === 5) throw error;
    }
  }
}

async function start(backends: Readonly<Record<string, unknown>>): Promise<Sentinel> {
  const [grpc, http, api] = [await freePort(0), await freePort(0), await freePort(0)];
  const at = (port: number) => ({ endpoint: `127.0.0.1:${port}` });
  const written = {
    receivers: { otlp: { max_memory: '0B', grpc: at(grpc), http: at(http) } },
    forward: { backends },
    store: { path: ':memory:' },
    api: at(api),
  };
  const result = loadSettings(JSON.stringify(written), { env: {}, readFile: () => '' });
  if (result.kind === 'invalid') throw new TypeError(JSON.stringify(result.problems));
  const { settings } = result;
  const reread = () => ({ kind: 'settings', settings, file: 'test' }) as const;
  const app = await startApp({ settings, reread, clock: systemClock, logger: createLogger('error') });
  return {
    httpUrl: `http://127.0.0.1:${http}`,
    grpcUrl: `http://127.0.0.1:${grpc}`,
    async count(name, labels = '') {
      const text = await (await fetch(`http://127.0.0.1:${api}/metrics`)).text();
      const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) && line.includes(labels));
      return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    },
    stop: () => app.stop(),
  };
}

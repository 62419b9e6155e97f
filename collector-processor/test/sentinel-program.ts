import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../demo/processes/free-port.ts';
import { messageOf } from '../src/runtime/errors.ts';
import { type Program, startProgram } from './clients/program.ts';
import { PATIENT_MS, until } from './grafana/suite.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const ATTEMPTS = 5;

/** Sentinel as it is installed, in a process of its own. */
export interface SentinelProgram extends Program {
  readonly httpPort: number;
  readonly grpcPort: number;
  readonly apiPort: number;
  /** Value of a metric, summed over the label sets that contain all of `labels`, such as `outcome="retry"`. */
  metric(name: string, ...labels: string[]): Promise<number>;
}

/** Sections of the configuration, beside those that every test has; `folder` is removed at the stop. */
type Sections = (folder: string) => object;

/** With these backends on free ports, without disk and otherwise with defaults, unless `sections` says something else. */
export async function startSentinelProgram(
  backends: object,
  sections: Sections = () => ({}),
  otlp: object = {},
): Promise<SentinelProgram> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(backends, sections, otlp);
    } catch (error) {
      // A port that was free a moment ago may have been taken since, by any program of the machine.
      if (!messageOf(error).includes('SENTINEL_LISTEN_FAILED') || attempt === ATTEMPTS) throw error;
    }
  }
}

async function start(backends: object, sections: Sections, otlp: object): Promise<SentinelProgram> {
  const [grpcPort, httpPort, apiPort] = [await freePort(0), await freePort(0), await freePort(0)];
  const at = (port: number) => ({ endpoint: `127.0.0.1:${port}` });
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-test-'));
  const file = join(folder, 'sentinel.yaml');
  const settings = {
    receivers: { otlp: { grpc: at(grpcPort), http: at(httpPort), ...otlp } },
    forward: { backends },
    store: { path: ':memory:' },
    api: { ...at(apiPort), anonymous_read: true },
    telemetry: { log_level: 'error' },
    ...sections(folder),
  };
  writeFileSync(file, JSON.stringify(settings));
  const program = startProgram(process.execPath, [MAIN, 'serve', '--config', file]);
  await until('Sentinel is ready', () => isReady(apiPort, program), PATIENT_MS);
  return {
    ...program,
    httpPort,
    grpcPort,
    apiPort,
    async metric(name, ...labels) {
      const text = await (await fetch(`http://127.0.0.1:${apiPort}/metrics`)).text();
      const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
      const wanted = lines.filter((line) => labels.every((label) => line.includes(label)));
      return wanted.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    },
    async stop() {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isReady(port: number, program: Program): Promise<true | undefined> {
  const end = program.ended();
  if (end !== undefined) throw new Error(`Sentinel ended: ${end}`);
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    return response.ok ? true : undefined;
  } catch {
    return undefined;
  }
}

import { join } from 'node:path';
import { freePort } from '../../demo/processes/free-port.ts';
import { type Program, startProgram } from '../clients/program.ts';
import { PATIENT_MS, until } from '../grafana/suite.ts';
import { type ScratchFolder, scratchFolder } from './folder.ts';

/** A server under test on a port of its own. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

interface Start {
  readonly file: string;
  /** Answers 2xx once the server is ready. */
  readonly ready: string;
  arguments(port: number, folder: ScratchFolder): readonly string[];
}

export async function startServer({ file, ready, arguments: of }: Start): Promise<Server> {
  const folder = scratchFolder();
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const program = startProgram(file, of(port, folder));
  await until(`${file} is ready`, () => isReady(`${url}${ready}`, program), PATIENT_MS);
  return {
    url,
    async stop() {
      await program.stop();
      folder.remove();
    },
  };
}

async function isReady(url: string, program: Program): Promise<true | undefined> {
  const end = program.ended();
  if (end !== undefined) throw new Error(end);
  try {
    return (await fetch(url)).ok ? true : undefined;
  } catch {
    return undefined;
  }
}

/** Reads `/metrics` of `target`, not so often that a busy machine misses it. */
const scraping = (target: string): string =>
  JSON.stringify({
    global: { scrape_interval: '5s' },
    scrape_configs: [{ job_name: 'sentinel', static_configs: [{ targets: [target] }] }],
  });

export function startVictoriaMetrics(file: string, target: string): Promise<Server> {
  return startServer({
    file,
    ready: '/health',
    arguments: (port, folder) => [
      `-httpListenAddr=127.0.0.1:${port}`,
      `-storageDataPath=${folder.path}`,
      '-memory.allowedBytes=200000000',
      '-search.latencyOffset=0s',
      `-promscrape.config=${folder.write('scrape.yaml', scraping(target))}`,
    ],
  });
}

interface Vmalert {
  readonly file: string;
  readonly metrics: string;
  readonly rules: readonly string[];
}

export function startVmalert({ file, metrics, rules }: Vmalert): Promise<Server> {
  return startServer({
    file,
    ready: '/health',
    arguments: (port) => [
      `-httpListenAddr=127.0.0.1:${port}`,
      ...rules.map((path) => `-rule=${path}`),
      `-datasource.url=${metrics}`,
      `-remoteWrite.url=${metrics}`,
      '-remoteWrite.flushInterval=200ms',
      '-notifier.blackhole',
      '-rule.evalDelay=0s',
    ],
  });
}

export function startPrometheus(file: string, target: string, rules: readonly string[]): Promise<Server> {
  return startServer({
    file,
    ready: '/-/ready',
    arguments: (port, folder) => {
      const config = { ...(JSON.parse(scraping(target)) as object), rule_files: rules };
      return [
        `--web.listen-address=127.0.0.1:${port}`,
        `--storage.tsdb.path=${join(folder.path, 'data')}`,
        `--config.file=${folder.write('prometheus.yaml', JSON.stringify(config))}`,
        '--log.level=error',
      ];
    },
  });
}

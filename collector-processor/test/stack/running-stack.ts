import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf } from '../../src/runtime/errors.ts';
import { type Program, startProgram } from '../clients/program.ts';
import { type ComposeFile, type ComposeService, repository, wordsOf } from './compose-file.ts';
import { choosePlaces, copyPlugin, type Places } from './places.ts';

const sources = join(repository, 'collector-processor');
const READY_MS = 600_000;

/** Variable with the path of its program, and what it answers when it is ready. */
export const parts = {
  victoriametrics: { program: 'VICTORIAMETRICS_BIN', port: 8428, ready: '/health' },
  alertmanager: { program: 'ALERTMANAGER_BIN', port: 9093, ready: '/-/healthy' },
  vmalert: { program: 'VMALERT_BIN', port: 8880, ready: '/health' },
  loki: { program: 'LOKI_BIN', port: 3100, ready: '/ready' },
  tempo: { program: 'TEMPO_BIN', port: 3200, ready: '/ready' },
  grafana: { program: 'GRAFANA_BIN', port: 3000, ready: '/api/health' },
} as const;

export type Part = keyof typeof parts;

export interface RunningStack extends Places {
  readonly folder: string;
  /** What an ended part said last. */
  trouble(): string | undefined;
  stop(): Promise<void>;
}

/** The services of docker-compose.yaml as processes, with its commands, configuration files and provisioning. */
export async function startStack(file: ComposeFile): Promise<RunningStack> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-stack-'));
  const places = await choosePlaces(file, folder);
  const running = new Map<string, Program>();

  function serviceOf(name: string): ComposeService {
    const service = file.services[name];
    if (service === undefined) throw new Error(`docker-compose.yaml has no service ${name}`);
    return service;
  }

  const commandOf = (name: string): string[] => wordsOf(serviceOf(name)).map((word) => places.local(name, word));
  const environmentOf = (name: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(serviceOf(name).environment ?? {}).map(([key, value]) => [key, places.local(name, value)]),
    );

  function start(name: string, program: string, args: readonly string[]): Program {
    places.mount(name);
    const own = name === 'grafana' ? grafanaPlaces(folder, places) : {};
    // What is written to no volume shows: a container could not write it.
    return startProgram(program, args, { env: { ...environmentOf(name), ...own }, cwd: folder });
  }

  async function startPart(name: Part): Promise<void> {
    const { program, port, ready } = parts[name];
    const path = process.env[program] ?? '';
    const [shell, ...script] = serviceOf(name).entrypoint ?? [];
    if (shell === undefined) running.set(name, start(name, path, commandOf(name)));
    else
      running.set(
        name,
        start(
          name,
          shell,
          script.map((word) => atHome(path, places.local(name, word))),
        ),
      );
    await answers(name, `${places.url(name, port)}${ready}`);
  }

  async function startOwn(name: string, entry: string): Promise<void> {
    running.set(name, start(name, process.execPath, [join(sources, entry), ...commandOf(name)]));
    if (name === 'sentinel') await answers(name, `${places.url(name, 8480)}/readyz`);
  }

  const once = (name: string): Promise<void> =>
    start(name, process.execPath, [join(sources, 'src/main.ts'), ...commandOf(name)]).finished();

  async function answers(name: string, url: string): Promise<void> {
    const deadline = performance.now() + READY_MS;
    while (performance.now() < deadline) {
      const end = running.get(name)?.ended();
      if (end !== undefined) throw new Error(`${name}: ${end}`);
      if (
        await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${name} was not ready at ${url}`);
  }

  async function stop(): Promise<void> {
    // Whoever asks leaves before who is asked.
    for (const program of [...running.values()].reverse()) await program.stop().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    copyPlugin(folder);
    await Promise.all([
      ...(['victoriametrics', 'alertmanager', 'loki', 'tempo'] as const).map(startPart),
      once('api-token'),
    ]);
    await Promise.all([startPart('vmalert'), startPart('grafana')]);
    await once('grafana-access');
    await startOwn('sentinel', 'src/main.ts');
    await startOwn('demo', 'demo/main.ts');
  } catch (error) {
    await stop();
    throw new Error(`The stack does not start: ${messageOf(error)}`, { cause: error });
  }
  return {
    ...places,
    folder,
    stop,
    trouble: () => [...running.values()].map((program) => program.ended()).find((end) => end !== undefined),
  };
}

/** What Grafana's image has by itself: a script that starts it, and where things are. */
function atHome(path: string, script: string): string {
  return script.replace('/run.sh', `'${path}' server --homepath '${dirname(dirname(path))}'`);
}

function grafanaPlaces(folder: string, { url }: Places): NodeJS.ProcessEnv {
  return {
    GF_PATHS_DATA: join(folder, 'volumes/grafana-data'),
    GF_PATHS_LOGS: join(folder, 'volumes/grafana-data/log'),
    GF_PATHS_PROVISIONING: join(repository, 'provisioning'),
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_HTTP_PORT: new URL(url('grafana', 3000)).port,
  };
}

/** Why the stack cannot run here. */
export function whatIsMissing(): string | undefined {
  const unset = Object.values(parts).filter(({ program }) => !existsSync(process.env[program] ?? ''));
  if (unset.length > 0) return `${unset.map(({ program }) => program).join(', ')}: no path of a program`;
  return existsSync(join(repository, 'grafana-app/dist/plugin.json')) ? undefined : 'grafana-app is not built';
}

/**
 * What deploy/Dockerfile puts into the image of the sidecar, without an image: the program compiled as there, with the files that
 * it reads, in the same folders. Ends with `N passed, N failed`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../demo/processes/free-port.ts';
import { version } from '../src/runtime/version.ts';
import { startProgram } from './clients/program.ts';
import { runCases, until } from './grafana/suite.ts';
import { repository } from './stack/compose-file.ts';

const image = mkdtempSync(join(tmpdir(), 'sentinel-image-'));
const program = join(image, 'collector-processor');
const main = join(program, 'src/main.js');

function compile(): void {
  const tsc = join(repository, 'node_modules/.bin/tsc');
  const args = ['-p', join(repository, 'deploy/tsconfig.image.json'), '--outDir', program];
  const { status, stdout } = spawnSync(tsc, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
  const sources = join(repository, 'collector-processor/src');
  const isData = (path: string): boolean => !/\.ts$|\/testing$/.test(path);
  cpSync(sources, join(program, 'src'), { recursive: true, filter: isData });
  symlinkSync(join(repository, 'node_modules'), join(image, 'node_modules'));
  const copied = [
    ...readFileSync(join(repository, 'deploy/Dockerfile'), 'utf8').matchAll(/^COPY (\S+) \/app\/(\S+)$/gm),
  ];
  for (const [, from = '', to = ''] of copied) {
    mkdirSync(join(image, to, '..'), { recursive: true });
    cpSync(join(repository, from), join(image, to), { recursive: true });
  }
}

const run = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [main, ...args], { cwd: image, encoding: 'utf8', stdio: 'pipe' });

async function serve(): Promise<void> {
  const [grpc, http, api] = [await freePort(0), await freePort(0), await freePort(0)];
  const at = (port: number): object => ({ endpoint: `127.0.0.1:${port}` });
  const settings = {
    receivers: { otlp: { grpc: at(grpc), http: at(http) } },
    store: { path: ':memory:' },
    api: at(api),
  };
  const file = join(image, 'sentinel.yaml');
  writeFileSync(file, JSON.stringify(settings));
  const sidecar = startProgram(process.execPath, [main, 'serve', '--config', file]);
  await until('the compiled program is ready', async () => {
    if (sidecar.ended() !== undefined) throw new Error(sidecar.ended());
    const ready = await fetch(`http://127.0.0.1:${api}/readyz`).catch(() => undefined);
    return ready?.ok === true ? true : undefined;
  });
  const page = await (await fetch(`http://127.0.0.1:${api}/`)).text();
  await sidecar.stop();
  if (!page.includes('<html')) throw new Error('the status page is not in the image');
}

const good = await runCases([
  {
    name: 'the sidecar compiles as in its image',
    run: () => {
      compile();
      return Promise.resolve();
    },
  },
  {
    name: 'the compiled program says its version',
    run: () => (run('version').includes(version) ? Promise.resolve() : Promise.reject(new Error(run('version')))),
  },
  { name: 'it serves, with its status page, its store thread and nothing of TypeScript', run: serve },
]);
rmSync(image, { recursive: true, force: true });
process.exitCode = good ? 0 : 1;

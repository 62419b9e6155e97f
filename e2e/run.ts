/**
 * The walk through the app in a real Grafana: `GRAFANA_URL=http://localhost:3000 npm run e2e`. That Grafana has the built
 * plugin, lets it load unsigned, and reaches this machine as 127.0.0.1. Without GRAFANA_URL every test is named as skipped.
 * Ends with `N passed, N failed, N skipped`. `pictures` as argument makes pictures instead.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = join(dirname(fileURLToPath(import.meta.resolve('@playwright/test'))), 'cli.js');
const [only, ...rest] = process.argv.slice(2);
const projects = only === 'pictures' ? ['pictures'] : ['admin', 'viewer', 'editor'];
const chosen = only === 'pictures' || only === undefined ? rest : [only, ...rest];
const args = ['test', ...projects.map((name) => `--project=${name}`), ...chosen];

interface Suite {
  readonly title: string;
  readonly file?: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly { readonly title: string; readonly tests: readonly { readonly projectName: string }[] }[];
}

function namesOf({ specs = [], suites = [] }: Suite): string[] {
  const own = specs.flatMap(({ title, tests }) => tests.map(({ projectName }) => `${projectName} › ${title}`));
  return [...own, ...suites.flatMap(namesOf)];
}

function playwright(extra: readonly string[], stdio: 'inherit' | 'pipe') {
  // Jest's flag for modules is not for Playwright, which has a loader of its own.
  const env = { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' };
  const options = { cwd: import.meta.dirname, env, stdio, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  return spawnSync(process.execPath, [cli, ...args, ...extra], options);
}

if (process.env.GRAFANA_URL === undefined) {
  const listed = playwright(['--list', '--reporter=json'], 'pipe');
  const { suites } = JSON.parse(listed.stdout) as { suites: readonly Suite[] };
  const names = suites.flatMap(namesOf).filter((name) => projects.some((project) => name.startsWith(`${project} ›`)));
  for (const name of names) process.stdout.write(`skipped: ${name} (GRAFANA_URL is not set)\n`);
  process.stdout.write(`0 passed, 0 failed, ${String(names.length)} skipped\n`);
} else {
  process.exitCode = playwright([], 'inherit').status ?? 1;
}

/**
 * Builds the Grafana app and checks what comes out: sizes, and the errors that plugin validation would raise.
 * Prints one line a check and ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const app = resolve(import.meta.dirname, '../grafana-app');
const dist = join(app, 'dist');
const kB = 1000;
const results = [];

function check(name, passed, detail = '') {
  results.push(passed);
  process.stdout.write(`   ${passed ? 'ok    ' : 'FAILED'} ${name}${detail === '' ? '' : `: ${detail}`}\n`);
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1));
}

function sizeBudget(names) {
  const scripts = names.filter((name) => name.endsWith('.js'));
  for (const name of scripts) {
    const size = statSync(join(dist, name)).size;
    const budget = name === 'module.js' ? 10 * kB : name.startsWith('panels/') ? 60 * kB : 150 * kB;
    check(`${name} is at most ${budget / kB} kB`, size <= budget, `${(size / kB).toFixed(1)} kB`);
  }
}

function logoPaths({ logos, screenshots = [] }) {
  return [...Object.values(logos), ...screenshots.map((screenshot) => screenshot.path)];
}

function manifest(path, names) {
  const folder = path.slice(0, -'plugin.json'.length);
  const plugin = JSON.parse(readFileSync(join(dist, path), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  check(
    `${path}: id has the form org-word-type`,
    /^[0-9a-z]+-([0-9a-z]+-)?(app|panel|datasource)$/.test(plugin.id),
    plugin.id,
  );
  check(`${path}: version is the package's`, plugin.info.version === version, plugin.info.version);
  check(`${path}: no placeholder is left`, !JSON.stringify(plugin).includes('%'));
  for (const image of logoPaths(plugin.info)) check(`${path}: ${image} exists`, names.includes(folder + image));
  check(
    `${path}: module.js and its map exist`,
    names.includes(`${folder}module.js`) && names.includes(`${folder}module.js.map`),
  );
  return plugin;
}

const build = spawnSync('webpack', ['-c', './webpack.config.ts', '--env', 'production'], {
  cwd: app,
  encoding: 'utf8',
});
check('the plugin builds', build.status === 0, build.status === 0 ? '' : build.stdout + build.stderr);
if (existsSync(join(dist, 'plugin.json'))) {
  const names = files(dist);
  sizeBudget(names);
  const plugin = manifest('plugin.json', names);
  for (const path of names.filter((name) => name.endsWith('/plugin.json'))) {
    manifest(path, names);
    check(
      `${path} is declared in the app`,
      plugin.includes.some((include) => include.path === path),
    );
  }
  for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md']) check(`${name} is in the archive`, names.includes(name));
  check(
    'every proxy route names an action',
    plugin.routes.every((route) => route.reqAction?.startsWith(`${plugin.id}.`)),
  );
  const code = names.filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(dist, name), 'utf8'));
  check(
    'no native dialog, no direct data source query',
    !code.some((text) => /\bwindow\.(alert|confirm|prompt)\(|\/api\/ds\/query/.test(text)),
  );
}
const failed = results.filter((passed) => !passed).length;
process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

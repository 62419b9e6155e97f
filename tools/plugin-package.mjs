/**
 * Puts the built Grafana app into an archive: `sentinel-observability-app-<version>.zip` with one folder named after the id, as
 * Grafana's catalogue and `grafana cli` want it, and its SHA-256 beside it. With --sign it is signed first; that needs
 * GRAFANA_ACCESS_POLICY_TOKEN, and for a private signature GRAFANA_ROOT_URLS (comma-separated).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeZip } from './zip.mjs';

const root = resolve(import.meta.dirname, '..');
const app = join(root, 'grafana-app');
const dist = join(app, 'dist');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function sign() {
  const { GRAFANA_ACCESS_POLICY_TOKEN: token, GRAFANA_ROOT_URLS: rootUrls } = process.env;
  if (!token) fail('Signing needs GRAFANA_ACCESS_POLICY_TOKEN: make one at grafana.com with the scope plugins:write.');
  const urls = rootUrls ? ['--rootUrls', rootUrls] : [];
  const options = { cwd: app, stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '' } };
  const { status } = spawnSync('npx', ['--yes', '@grafana/sign-plugin@latest', ...urls], options);
  if (status !== 0) fail('The plugin was not signed; see above.');
}

/** A signed plugin whose files differ from its manifest never loads, so nobody should have to find that out in Grafana. */
function checkManifest(files) {
  const manifest = files.get('MANIFEST.txt');
  if (manifest === undefined) return 'unsigned';
  const text = manifest.toString('utf8');
  const signed = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)).files;
  const present = [...files.keys()].filter((name) => name !== 'MANIFEST.txt');
  const wrong = present.filter((name) => signed[name] !== sha256(files.get(name)));
  const missing = Object.keys(signed).filter((name) => !files.has(name));
  if (wrong.length + missing.length > 0)
    fail(`The signature does not fit these files: ${[...wrong, ...missing].join(', ')}`);
  return 'signed';
}

const build = spawnSync(process.execPath, [join(root, 'tools/plugin-build.mjs')], { encoding: 'utf8' });
if (build.status !== 0) fail(`${build.stdout}${build.stderr}The build is not fit to be packaged.`);
if (!existsSync(join(dist, 'plugin.json'))) fail('There is no build.');
if (process.argv.includes('--sign')) sign();

const files = new Map(
  readdirSync(dist, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(dist.length + 1), readFileSync(path)]),
);
const state = checkManifest(files);
const { id, info } = JSON.parse(files.get('plugin.json').toString('utf8'));
const zip = writeZip([...files].map(([name, bytes]) => ({ name: `${id}/${name}`, bytes })));
const archive = join(app, `${id}-${info.version}.zip`);
writeFileSync(archive, zip);
writeFileSync(`${archive}.sha256`, `${sha256(zip)}  ${id}-${info.version}.zip\n`);
process.stdout.write(`${archive}: ${files.size} files, ${(zip.length / 1000).toFixed(0)} kB, ${state}\n`);

/**
 * Builds and checks the Grafana app and puts it into `grafana-app/sentinel-observability-app-<version>.zip`, its SHA-256 beside
 * it. With --sign it is signed first; that needs GRAFANA_ACCESS_POLICY_TOKEN, and for a private signature GRAFANA_ROOT_URLS
 * (comma-separated, as `root_url` of the Grafana that will load it).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeArchive, readBuild, readSignature, sha256 } from './plugin-archive.mjs';

const root = resolve(import.meta.dirname, '..');
const app = join(root, 'grafana-app');
const dist = join(app, 'dist');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function sign() {
  const { GRAFANA_ACCESS_POLICY_TOKEN: token, GRAFANA_ROOT_URLS: rootUrls } = process.env;
  if (!token) fail('Signing needs GRAFANA_ACCESS_POLICY_TOKEN: make one at grafana.com with the scope plugins:write.');
  const urls = rootUrls ? ['--rootUrls', rootUrls] : [];
  const options = { cwd: app, stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '' } };
  const { status } = spawnSync('npx', ['--yes', '@grafana/sign-plugin@latest', ...urls], options);
  if (status !== 0) fail('The plugin was not signed; see above.');
}

const build = spawnSync(process.execPath, [join(root, 'tools/plugin-build.mjs')], { encoding: 'utf8' });
if (build.status !== 0) fail(`${build.stdout}${build.stderr}The build is not fit to be packaged.`);
if (!existsSync(join(dist, 'plugin.json'))) fail('There is no build.');
if (process.argv.includes('--sign')) sign();

const files = readBuild(dist);
const { signed, unfit } = readSignature(files);
if (unfit.length > 0) fail(`The signature does not fit these files: ${unfit.join(', ')}`);
const { name, bytes } = makeArchive(files);
writeFileSync(join(app, name), bytes);
writeFileSync(join(app, `${name}.sha256`), `${sha256(bytes)}  ${name}\n`);
for (const line of build.stdout.matchAll(/^skipped: .*$/gm)) process.stdout.write(`${line[0]}\n`);
const size = `${files.size} files, ${(bytes.length / 1000).toFixed(0)} kB`;
process.stdout.write(`grafana-app/${name}: ${size}, ${signed ? 'signed' : 'unsigned'}\n`);

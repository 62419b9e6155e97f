/**
 * Builds the Grafana app and checks what comes out: sizes, texts, and what Grafana's plugin validator calls an error.
 * Prints one line a check and ends with `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeArchive, readBuild } from './plugin-archive.mjs';
import { validate } from './plugin-validator.mjs';

const app = resolve(import.meta.dirname, '../grafana-app');
const dist = join(app, 'dist');
const kB = 1000;
const results = [];
let skipped = 0;

function check(name, passed, detail = '') {
  results.push(passed);
  process.stdout.write(`   ${passed ? 'ok    ' : 'FAILED'} ${name}${detail === '' ? '' : `: ${detail}`}\n`);
}

function skip(name, why) {
  skipped++;
  process.stdout.write(`skipped: ${name} (${why})\n`);
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function run(name, program, args) {
  const options = { cwd: app, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } };
  const { status, stdout, stderr } = spawnSync(program, args, options);
  check(name, status === 0, status === 0 ? '' : `${stdout}${stderr}`);
}

/** Grafana's panels within a page need its scenes library; whatever holds it is loaded only where they are shown. */
function budgetOf(name) {
  if (name === 'module.js') return 10 * kB;
  if (name.startsWith('panels/')) return 60 * kB;
  return readFileSync(join(dist, `${name}.map`), 'utf8').includes('@grafana/scenes/') ? 500 * kB : 150 * kB;
}

function checkSizes(names) {
  for (const name of names.filter((file) => file.endsWith('.js'))) {
    const size = statSync(join(dist, name)).size;
    const budget = budgetOf(name);
    check(`${name} is at most ${budget / kB} kB`, size <= budget, `${(size / kB).toFixed(1)} kB`);
  }
}

const grants = new Set(['Viewer', 'Editor', 'Admin', 'Grafana Admin']);

/** plugin.json of the app or of a panel: what the schema demands, and that what it names is there. */
function checkManifest(path, names) {
  const folder = path.slice(0, -'plugin.json'.length);
  const plugin = JSON.parse(readFileSync(join(dist, path), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  const { info, dependencies } = plugin;
  check(
    `${path}: id has the form org-word-type`,
    /^[0-9a-z]+-([0-9a-z]+-)?(app|panel|datasource)$/.test(plugin.id),
    plugin.id,
  );
  check(`${path}: id ends with its type`, plugin.id.endsWith(`-${plugin.type}`));
  check(`${path}: version is the package's`, info.version === version, info.version);
  check(`${path}: updated is a day`, /^\d{4}-\d{2}-\d{2}$/.test(info.updated), info.updated);
  check(`${path}: no placeholder is left`, !JSON.stringify(plugin).includes('%'));
  check(
    `${path}: name, description, author and keywords are there`,
    [plugin.name, info.description, info.author?.name].every((text) => text?.length > 0) && info.keywords.length > 0,
  );
  check(`${path}: names the Grafana it needs`, /^>=\d+\.\d+\.\d+/.test(dependencies.grafanaDependency ?? ''));
  const images = [...Object.values(info.logos), ...(info.screenshots ?? []).map((screenshot) => screenshot.path)];
  for (const image of images) check(`${path}: ${image} exists`, names.includes(folder + image));
  const code = [`${folder}module.js`, `${folder}module.js.map`];
  check(
    `${path}: module.js and its map exist`,
    code.every((name) => names.includes(name)),
  );
  return plugin;
}

/** Imported into a Grafana whose data sources nobody knows here: variables stand for them. */
function isPortableDashboard(path, names) {
  if (!names.includes(path)) return false;
  const text = readFileSync(join(dist, path), 'utf8');
  const uids = [...text.matchAll(/"type": "(?:prometheus|loki|tempo)",\s+"uid": "([^"]*)"/g)].map(([, uid]) => uid);
  return JSON.parse(text).uid.startsWith('sentinel-') && uids.every((uid) => /^\$\{\w+\}$/.test(uid));
}

function checkAccess({ id, routes, roles }) {
  const granted = new Set(roles.flatMap(({ role }) => role.permissions.map(({ action }) => action)));
  check(
    'every action begins with the id',
    [...granted].every((action) => action.startsWith(`${id}.`)),
  );
  check(
    'every role goes to basic roles that exist',
    roles.every((role) => role.grants.every((grant) => grants.has(grant))),
  );
  check(
    'every proxy route demands an action that a role hands out',
    routes.every(({ reqAction }) => granted.has(reqAction)),
  );
  check(
    'every proxy route names one method',
    routes.every(({ method }) => /^[A-Z]+$/.test(method ?? '')),
  );
  const scopes = routes.map(({ headers }) => headers.find(({ name }) => name === 'X-Sentinel-Scope')?.content);
  check(
    'every proxy route has one fixed scope',
    scopes.every((scope) => /^(read|respond|operate|admin)$/.test(scope ?? '')),
  );
}

/** Patterns that the validator refuses in the code, and how it should be done instead. */
const forbidden = [
  [/\b(?:window\.)?(?:alert|confirm|prompt)\(/, 'no native dialog', 'use ConfirmModal'],
  [/\/api\/ds\/query/, 'no direct query of a data source', 'use a scene'],
  [/\bwindow\.open\((?![^)]*noopener)/, 'no window.open without noopener', 'use a link'],
  [/\bwindow\.location\b|\bdocument\.location\b/, 'no window.location', 'use locationService'],
  [/\bconsole\.\w+\(/, 'no console call', 'show it or count it'],
  [/@ts-(?:ignore|nocheck)/, 'no type error hidden', 'solve it'],
  [/\binnerHTML\b|dangerouslySetInnerHTML|insertAdjacentHTML/, 'no text drawn as HTML', 'let React draw it'],
  [/\beval\(|\bnew Function\(/, 'no code made from text', 'write it'],
  [/^import .*\.(?:css|scss)['"]/m, 'no style sheet imported', 'use emotion'],
  [/ReactDOM\.render|\bfindDOMNode\b|\bdefaultProps\s*=/, 'nothing that React 19 lacks', 'see its upgrade guide'],
];

function checkSource() {
  const source = join(app, 'src');
  const files = filesIn(source).filter((name) => /\.tsx?$/.test(name) && !/\.test\.|^testing\//.test(name));
  for (const [pattern, name, remedy] of forbidden) {
    const found = files.filter((file) => pattern.test(readFileSync(join(source, file), 'utf8')));
    check(name, found.length === 0, found.length === 0 ? '' : `${found.join(', ')}: ${remedy}`);
  }
}

function checkPapers(names) {
  for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md']) check(`${name} is in the archive`, names.includes(name));
  const read = (name) => readFileSync(join(dist, name), 'utf8');
  check('the license is one that the catalogue takes', /Apache License/.test(read('LICENSE')));
  const readme = read('README.md');
  check('the README is one for users', readme.length > 500 && !/yarn|node\.?js|npm |<!--/i.test(readme));
  const svgs = names.filter((name) => name.endsWith('.svg'));
  const unsafe = svgs.filter((name) => /<script|\son\w+=|foreignObject|href=["'](?!#)|<!ENTITY/i.test(read(name)));
  check('no image holds code', unsafe.length === 0, unsafe.join(', '));
}

/** `.config` is create-plugin's; the validator compares its webpack configuration with the one it knows. */
function checkScaffold() {
  const file = join(app, '.config/webpack/webpack.config.ts');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  check("create-plugin's webpack configuration is there", /SCAFFOLDED BY `@grafana\/create-plugin`/.test(text));
  const known = existsSync(join(app, '.config/.cprc.json'));
  check('the version of create-plugin is written down', known);
}

/** What lies in the archive beside what was meant to: nothing. */
function checkArchive(archive, { id }) {
  const { entries } = archive;
  check(
    'the archive holds one folder, named after the id',
    entries.every((name) => name.startsWith(`${id}/`)),
  );
  check('plugin.json lies at its top', entries.includes(`${id}/plugin.json`));
  const odd = entries.filter((name) => /\/(?:\.|node_modules\/|__MACOSX)|\.(?:exe|dll|so|sh|tsx?|env)$/.test(name));
  check('it holds nothing that was not built', odd.length === 0, odd.join(', '));
  const size = archive.bytes.length;
  check('it is at most 1400 kB', size <= 1400 * kB, `${(size / kB).toFixed(0)} kB`);
}

function checkWithValidator(archive) {
  const outcome = validate({ source: app, archive });
  const name = "Grafana's plugin validator finds no error";
  if (outcome.kind === 'absent') skip(name, outcome.why);
  else check(name, outcome.passed, outcome.passed ? '' : outcome.output);
}

run('the English texts are those of the code', process.execPath, ['scripts/texts.mjs', '--check']);
run('the plugin builds', 'webpack', ['-c', './webpack.config.ts', '--env', 'production']);
if (existsSync(join(dist, 'plugin.json'))) {
  const names = filesIn(dist);
  checkSizes(names);
  const plugin = checkManifest('plugin.json', names);
  for (const path of names.filter((name) => name.endsWith('/plugin.json'))) {
    const nested = checkManifest(path, names);
    const declared = plugin.includes.some((include) => include.path === path && include.type === nested.type);
    check(`${path} is declared in the app`, declared);
  }
  for (const { path } of plugin.includes.filter(({ type }) => type === 'dashboard'))
    check(`${path} is there, for every data source`, isPortableDashboard(path, names));
  checkAccess(plugin);
  checkSource();
  checkPapers(names);
  checkScaffold();
  const archive = makeArchive(readBuild(dist));
  checkArchive(archive, plugin);
  checkWithValidator(archive);
}
const failed = results.filter((passed) => !passed).length;
process.stdout.write(`${results.length - failed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * Runs a program of this repository on Node 24, whatever Node started it (>= 20).
 *
 *   node tools/run.mjs [--production] <script.ts|script.mjs|program in node_modules/.bin> [arguments]
 *
 * It fetches Node 24 from npm when the system's Node is older, installs the locked dependencies when they are missing
 * or out of date (with --production only what the sidecar and the demo need), and passes signals on to the program.
 * Install scripts are never needed. Plain ESM without dependencies, because it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { jestOptions } from './jest-options.mjs';
import { startProgress } from './progress.mjs';

const NODE_MAJOR = 24;
const NODE_VERSION = '24.21.0';
const NODE_SIZE = 'about 190 MB on disk';
const SIZES = { production: 'about 75 MB on disk', full: 'about 800 MB on disk' };
/** Of what npm says, the end. */
const MOST_SAID = 20_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const SIDECAR = 'collector-processor';
/** `npm run sentinel` is used like an installed `sentinel`: files are named as seen from where npm was called. */
const COMMAND_LINE = `${SIDECAR}/src/main.ts`;
const root = resolve(import.meta.dirname, '..');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** npm hands its own settings down as environment variables; a nested npm must not inherit them. */
function cleanEnvironment(node) {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|config)_/i.test(name));
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(
    process.platform === 'win32' ? ';' : ':',
  );
  const inherited = process.env.NODE_OPTIONS ?? '';
  const options = `${inherited} --disable-warning=ExperimentalWarning`.trim();
  return { ...Object.fromEntries(kept), PATH: path, NODE_OPTIONS: options };
}

/** `what` is shown while it lasts; what npm has to say only when it fails. */
async function npm(node, args, { cwd, what }) {
  const cli = process.env.npm_execpath ?? join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  if (!existsSync(cli)) fail('npm was not found. Start this through npm, for example: npm start');
  const environment = cleanEnvironment(node);
  delete environment.NODE_OPTIONS;
  const progress = startProgress(what, { stream: process.stderr });
  const child = spawn(node, [cli, ...args], { cwd, env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const leave = (signal) => {
    child.kill(signal);
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of signals) process.on(signal, leave);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-MOST_SAID)));
  const status = await new Promise((settle) => {
    child.on('error', (error) => settle(error.message));
    child.on('close', settle);
  });
  for (const signal of signals) process.off(signal, leave);
  progress.end(status === 0 ? 'done' : 'failed');
  if (status === 0) return;
  process.stderr.write(said);
  fail(`npm ${args.join(' ')} failed (${status}). Check the network or the registry and run it again.`);
}

async function node24() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  const platform = { linux: 'linux', win32: 'win' }[process.platform];
  if (platform === undefined) fail(`Node ${NODE_MAJOR} is needed. Install it and run this again.`);
  const name = `node-${platform}-${process.arch}`;
  const folder = join(root, '.node');
  const binary = join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  const what = `Fetching Node ${NODE_VERSION}, ${NODE_SIZE} (this is Node ${process.versions.node})`;
  await npm(process.execPath, ['install', ...options, `${name}@${NODE_VERSION}`], { cwd: folder, what });
  if (!existsSync(binary)) fail(`The package ${name} brought no Node. Install Node ${NODE_MAJOR} and run this again.`);
  return binary;
}

async function install(node, production) {
  const stamp = join(root, 'node_modules', '.installed');
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (installed === `full\n${lock}` || (production && installed === `production\n${lock}`)) return;
  // Whoever has the tools of a developer keeps them.
  const scope = production && !installed.startsWith('full\n') ? 'production' : 'full';
  const only = scope === 'production' ? ['--omit=dev', `--workspace=${SIDECAR}`] : [];
  const what = `Installing the ${scope} dependencies, once, ${SIZES[scope]}`;
  await npm(node, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...only], { cwd: root, what });
  writeFileSync(stamp, `${scope}\n${lock}`);
}

function command(node, program, args) {
  if (/\.m?[jt]s$/.test(program)) return [node, [join(root, program), ...args]];
  return [node, [join(root, 'node_modules', '.bin', program), ...args]];
}

/** The program must not outlive npm: dash does not pass signals on, so the parent's id is watched too. */
function run(file, args, { cwd, env }) {
  const child = spawn(file, args, { cwd, env, stdio: 'inherit' });
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500);
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${file}: ${error.message}`));
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}

const words = process.argv.slice(2);
const production = words[0] === '--production';
const [program, ...args] = production ? words.slice(1) : words;
if (program === undefined) fail('usage: node tools/run.mjs [--production] <program> [arguments]');
const node = await node24();
await install(node, production);
const environment = cleanEnvironment(node);
const cwd = program === COMMAND_LINE ? (process.env.INIT_CWD ?? process.cwd()) : root;
run(...command(node, program, args), { cwd, env: program === 'jest' ? jestOptions(environment) : environment });

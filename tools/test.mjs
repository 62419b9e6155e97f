/**
 * `npm test`: every check of the repository, one after the other, each counted. Ends with `N passed, N failed, N skipped`
 * summed over all runners; what was skipped is named above that line. `npm test -- unit lint` runs only the named ones.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checks } from './checks.mjs';
import { jestOptions } from './jest-options.mjs';

const root = resolve(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'sentinel-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];
const failed = [];

/** A plain check passes or fails as a whole. */
function plain(name, status) {
  return status === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [], names: [name] };
}

/** Jest's own report, written by `--json --outputFile`. */
function jest(name, status, report) {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const cases = result.testResults.flatMap((file) => file.assertionResults);
    const named = (state) =>
      cases.filter((test) => state.includes(test.status)).map((test) => `${name}: ${test.fullName}`);
    const broken = result.numRuntimeErrorTestSuites;
    const files = result.testResults.filter((file) => file.message !== '' && file.assertionResults.length === 0);
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + broken,
      skipped: named(['pending', 'todo', 'skipped', 'disabled']),
      names: [...named(['failed']), ...files.map((file) => `${name}: ${file.name}`)],
    };
  } catch {
    return plain(name, status === 0 ? 1 : status);
  }
}

/** A program that prints `N passed, N failed, N skipped` last and `skipped: …` lines above it. */
function counted(name, status, output) {
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  if (line === undefined) return plain(`${name} (printed no closing line)`, status === 0 ? 1 : status);
  const names = [...output.matchAll(/^\s*skipped: (.*)$/gm)].map((match) => `${name}: ${match[1]}`);
  const failures = Number(line[2]) + (status !== 0 && line[2] === '0' ? 1 : 0);
  return { passed: Number(line[1]), failed: failures, skipped: names, names: failures > 0 ? [name] : [] };
}

function run({ name, program, args = [], folder = '.', kind = 'plain', env = {} }) {
  process.stdout.write(`\n── ${name}\n`);
  const report = join(reports, `${name.replaceAll(/\W/g, '-')}.json`);
  const [file, first] = /\.m?[jt]s$/.test(program) ? [process.execPath, [join(root, program)]] : [program, []];
  const extra = kind === 'jest' ? ['--json', `--outputFile=${report}`] : [];
  const stdio = kind === 'counted' ? ['ignore', 'pipe', 'inherit'] : ['ignore', 'inherit', 'inherit'];
  const inherited = kind === 'jest' ? jestOptions(process.env) : process.env;
  const started = performance.now();
  const result = spawnSync(file, [...first, ...args, ...extra], {
    cwd: join(root, folder),
    env: { ...inherited, ...env },
    stdio: kind === 'jest' ? ['ignore', 'ignore', 'inherit'] : stdio,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const status = result.status ?? 1;
  if (kind === 'counted') process.stdout.write(result.stdout ?? '');
  const outcome =
    kind === 'jest'
      ? jest(name, status, report)
      : kind === 'counted'
        ? counted(name, status, result.stdout ?? '')
        : plain(name, status);
  process.stdout.write(
    `   ${name}: ${outcome.passed} passed, ${outcome.failed} failed, ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
  total.passed += outcome.passed;
  total.failed += outcome.failed;
  total.skipped += outcome.skipped.length;
  skipped.push(...outcome.skipped);
  failed.push(...(outcome.names ?? []));
}

const wanted = process.argv.slice(2);
for (const check of checks) if (wanted.length === 0 || wanted.includes(check.name)) run(check);
rmSync(reports, { recursive: true, force: true });

process.stdout.write('\n');
for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
for (const name of failed) process.stdout.write(`failed: ${name}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

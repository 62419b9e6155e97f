/**
 * `npm test`: every check of the repository, one after the other, each counted. Ends with `N passed, N failed, N skipped`
 * summed over all runners; what was skipped is named above that line. `npm test -- unit lint` runs only the named ones.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checks } from './checks.mjs';
import { jestOptions } from './jest-options.mjs';
import { runCheck } from './run-check.mjs';

const minute = 60_000;

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

/** What came of the check; `status` is undefined when its time was over, which is a failure whatever it printed. */
function count(kind, name, { status, output, report, limitMs }) {
  if (status === undefined) return plain(`${name} (stopped: not done within ${limitMs / minute} minutes)`, 1);
  if (kind === 'jest') return jest(name, status, report);
  return kind === 'counted' ? counted(name, status, output) : plain(name, status);
}

async function run({ name, program, args = [], folder = '.', kind = 'plain', env = {}, minutes = 10 }) {
  process.stdout.write(`\n── ${name}\n`);
  const report = join(reports, `${name.replaceAll(/\W/g, '-')}.json`);
  const [file, first] = /\.m?[jt]s$/.test(program) ? [process.execPath, [join(root, program)]] : [program, []];
  const extra = kind === 'jest' ? ['--json', `--outputFile=${report}`] : [];
  const inherited = kind === 'jest' ? jestOptions(process.env) : process.env;
  const limitMs = minutes * minute;
  const started = performance.now();
  const result = await runCheck(file, [...first, ...args, ...extra], {
    cwd: join(root, folder),
    env: { ...inherited, ...env },
    // Jest tells of its tests on the error output; its report goes to the file.
    stdout: kind === 'jest' ? 'ignore' : 'inherit',
    capture: kind === 'counted',
    limitMs,
  });
  const outcome = count(kind, name, { ...result, report, limitMs });
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
for (const check of checks) if (wanted.length === 0 || wanted.includes(check.name)) await run(check);
rmSync(reports, { recursive: true, force: true });

process.stdout.write('\n');
for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
for (const name of failed) process.stdout.write(`failed: ${name}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

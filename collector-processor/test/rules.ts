/**
 * `npm run test:rules`: rules as promtool (PROMTOOL: its path; else the one on the PATH) and vmalert-tool (VMALERT_TOOL) see them.
 * The rules of alerting-rules/, and those that the objectives of rules/ become; each test of theirs is run on its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { compareWithRules } from '../bench/slo/compare.ts';
import { sentinelShape } from '../bench/slo/shapes.ts';
import { readSloFiles } from '../src/slo/files/read-slo-files.ts';
import { generateRules } from '../src/slo/rules/generate.ts';
import { ruleFileText } from '../src/slo/rules/rule-file.ts';
import { type Case, runCases } from './grafana/suite.ts';

interface TestFile {
  readonly evaluation_interval: string;
  /** SLOs that the tests are about; others only cost time. */
  readonly slos?: readonly string[];
  readonly tests: readonly Test[];
}

interface Test {
  readonly name: string;
  /** Where it does not make sense in both tools. */
  readonly only?: 'promtool';
  readonly interval: string;
  readonly input_series: readonly object[];
  readonly promql_expr_test: readonly object[];
}

const folder = join(import.meta.dirname, 'rules');
const scratch = mkdtempSync(join(tmpdir(), 'sentinel-rules-'));
const promtool = process.env['PROMTOOL'] ?? 'promtool';
/** Path of vmalert-tool, which reads the tests of alerting-rules/ as well. */
const vmalertTool = process.env['VMALERT_TOOL'] ?? '';
const skip =
  spawnSync(promtool, ['--version']).error === undefined
    ? undefined
    : `there is no ${promtool}; set PROMTOOL to its path`;

const { objectives, problems } = readSloFiles([
  { name: 'objectives.yaml', text: readFileSync(join(folder, 'objectives.yaml'), 'utf8') },
]);

function rulesOf(slos: readonly string[]): string {
  const file = join(scratch, `${slos.join('-')}.yaml`);
  const chosen = objectives.filter(({ name }) => slos.includes(name));
  writeFileSync(file, ruleFileText(generateRules(chosen), 'Rules for a test.'));
  return file;
}

function ask(program: string, ...args: readonly string[]): void {
  try {
    execFileSync(program, args, { stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: Buffer; readonly stderr: Buffer };
    throw new Error(`${stdout.toString()}${stderr.toString()}`, { cause: error });
  }
}

/** `rules`: the file that the tests are about; without one they name objectives. */
function casesOf(path: string, rules?: string): readonly Case[] {
  const { tests, slos = [], ...shared } = parse(readFileSync(path, 'utf8')) as TestFile;
  const written = (name: string, some: readonly object[]) => {
    const file = join(scratch, `${name}-${basename(path)}`);
    writeFileSync(file, stringify({ ...shared, rule_files: [rules ?? rulesOf(slos)], tests: some }));
    return file;
  };
  const inPromtool = tests.map((one, index) => ({
    name: one.name,
    skip,
    run: () => {
      ask(promtool, 'test', 'rules', written(String(index), [{ ...one, only: undefined }]));
      return Promise.resolve();
    },
  }));
  const inVmalert = {
    name: `${basename(path)} in vmalert-tool`,
    skip: vmalertTool === '' ? 'VMALERT_TOOL is not set' : undefined,
    run: () => {
      const some = tests.filter(({ only }) => only === undefined);
      const named = some.map(({ promql_expr_test, ...one }) => ({ ...one, metricsql_expr_test: promql_expr_test }));
      ask(vmalertTool, 'unittest', '--files', written('vmalert-tool', named));
      return Promise.resolve();
    },
  };
  return rules === undefined ? inPromtool : [...inPromtool, inVmalert];
}

const valid: Case = {
  name: 'generated rules are valid',
  skip,
  run: () => {
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    ask(promtool, 'check', 'rules', rulesOf(objectives.map(({ name }) => name)));
    return Promise.resolve();
  },
};

/** The short form of bench:slo. */
const agree: Case = {
  name: 'generated rules say what a simulation that counts events says',
  skip,
  run: () => {
    const [compared] = compareWithRules(1, [sentinelShape]);
    const { minutes = 0, apart = Infinity, budget = Infinity } = compared ?? {};
    if (minutes === 0 || apart > 0 || !(budget < 0.01)) throw new Error(JSON.stringify(compared));
    return Promise.resolve();
  },
};

const shipped = join(import.meta.dirname, '../../alerting-rules');
const subjects = readdirSync(shipped).filter((name) => name.endsWith('.yaml'));
const ofSubjects = subjects.flatMap((name): readonly Case[] => {
  const file = join(shipped, name);
  const check = {
    name: `${name} is valid`,
    skip,
    run: () => {
      ask(promtool, 'check', 'rules', file);
      return Promise.resolve();
    },
  };
  return [check, ...casesOf(join(shipped, 'tests', name), file)];
});
const ofObjectives = ['slo-alerts.yaml', 'slo-calendar.yaml', 'slo-slow.yaml'].flatMap((name) =>
  casesOf(join(folder, name)),
);

const good = await runCases([...ofSubjects, valid, ...ofObjectives, agree]);
rmSync(scratch, { recursive: true });
process.exitCode = good ? 0 : 1;

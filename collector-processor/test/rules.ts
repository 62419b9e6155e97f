/**
 * `npm run test:rules`: rules as promtool sees them (PROMTOOL: its path; else the one on the PATH). The rules of alerting-rules/,
 * and those that the objectives of rules/ become; each test of theirs is run on its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readSloFiles } from '../src/slo/files/read-slo-files.ts';
import { generateRules } from '../src/slo/rules/generate.ts';
import { ruleFileText } from '../src/slo/rules/rule-file.ts';
import { type Case, runCases } from './grafana/suite.ts';

interface TestFile {
  readonly evaluation_interval: string;
  /** SLOs that the tests are about; others only cost time. */
  readonly slos?: readonly string[];
  readonly tests: readonly { readonly name: string }[];
}

const folder = join(import.meta.dirname, 'rules');
const scratch = mkdtempSync(join(tmpdir(), 'sentinel-rules-'));
const promtool = process.env['PROMTOOL'] ?? 'promtool';
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

function ask(...args: readonly string[]): void {
  try {
    execFileSync(promtool, args, { stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: Buffer; readonly stderr: Buffer };
    throw new Error(`${stdout.toString()}${stderr.toString()}`, { cause: error });
  }
}

/** `rules`: the file that the tests are about; without one they name objectives. */
function casesOf(path: string, rules?: string): readonly Case[] {
  const { tests, slos = [], ...shared } = parse(readFileSync(path, 'utf8')) as TestFile;
  return tests.map((one, index) => ({
    name: one.name,
    skip,
    run: () => {
      const file = join(scratch, `${index}-${basename(path)}`);
      writeFileSync(file, stringify({ ...shared, rule_files: [rules ?? rulesOf(slos)], tests: [one] }));
      ask('test', 'rules', file);
      return Promise.resolve();
    },
  }));
}

const valid: Case = {
  name: 'generated rules are valid',
  skip,
  run: () => {
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    ask('check', 'rules', rulesOf(objectives.map(({ name }) => name)));
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
      ask('check', 'rules', file);
      return Promise.resolve();
    },
  };
  return [check, ...casesOf(join(shipped, 'tests', name), file)];
});
const ofObjectives = ['slo-alerts.yaml', 'slo-slow.yaml'].flatMap((name) => casesOf(join(folder, name)));

const good = await runCases([...ofSubjects, valid, ...ofObjectives]);
rmSync(scratch, { recursive: true });
process.exitCode = good ? 0 : 1;

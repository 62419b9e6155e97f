import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SentinelError } from '../runtime/errors.ts';
import { describeProblem } from '../runtime/yaml/problem.ts';
import { readSloFiles } from '../slo/files/read-slo-files.ts';
import { generateRules } from '../slo/rules/generate.ts';
import { ruleFileText } from '../slo/rules/rule-file.ts';
import { type Command, exitCodes } from './command.ts';
import { deskUsage, runSloDesk } from './slo-desk-command.ts';
import { textFilesAt } from './text-files-at.ts';

const usage = `usage: sentinel slo generate PATH... [--output FILE]   rules for Prometheus or vmalert; to stdout without --output
       sentinel slo check PATH...                       only says what is wrong
       PATH: a file, or a folder with *.yaml and *.yml; OpenSLO v1, Sloth, Pyrra or sentinel/v1
${deskUsage}`;

const head = 'Drawn by "sentinel slo generate" from the objectives. Change those, then draw it again.';

/** `sentinel slo generate|check`: objectives from files become recording and alert rules; the rest asks the running Sentinel. */
export const sloCommand: Command = {
  summary:
    'slo generate|check|corrections|report  rules for Prometheus and vmalert from OpenSLO, Sloth, Pyrra or own files; what is taken out of budgets; months',
  usage,
  run(context) {
    const { args, stdout, stderr } = context;
    if (args[0] === 'corrections' || args[0] === 'report') return runSloDesk(context);
    const options = { output: { type: 'string', short: 'o' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb, ...paths] = positionals;
    if ((verb !== 'generate' && verb !== 'check') || paths.length === 0)
      throw new SentinelError('SENTINEL_USAGE', usage);
    const { objectives, problems } = readSloFiles(paths.flatMap(textFilesAt));
    for (const problem of problems) stderr.write(`${describeProblem(problem.file, problem)}\n`);
    // Half of the rules would look like all of them.
    if (problems.length > 0) return Promise.resolve(exitCodes.failed);
    if (verb === 'check') {
      stdout.write(`${objectives.length} objectives, all valid.\n`);
      return Promise.resolve(exitCodes.ok);
    }
    const rules = generateRules(objectives);
    const text = ruleFileText(rules, head);
    if (values.output === undefined) {
      stdout.write(text);
    } else {
      writeFileSync(values.output, text);
      const count = rules.groups.reduce((sum, group) => sum + group.rules.length, 0);
      stdout.write(`${values.output}: ${count} rules for ${objectives.length} objectives.\n`);
    }
    return Promise.resolve(exitCodes.ok);
  },
};

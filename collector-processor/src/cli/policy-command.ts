import { parseArgs } from 'node:util';
import { readActFiles } from '../act/files/read-act-files.ts';
import { askGuards } from '../act/guards/guard-chain.ts';
import { refusalText } from '../act/guards/refusal-text.ts';
import type { Policies } from '../act/policy/policies.ts';
import { type PolicyCase, readCases } from '../act/policy/read-cases.ts';

import type { GuardResult } from '../model/action.ts';
import { systemClock } from '../runtime/clock.ts';
import { SentinelError } from '../runtime/errors.ts';
import { describeProblem } from '../runtime/yaml/problem.ts';
import { type Command, type CommandContext, exitCodes } from './command.ts';
import { textFilesAt } from './text-files-at.ts';

const usage = `usage: sentinel policy check PATH...               says what is wrong with actions and policies
       sentinel policy test PATH... --cases PATH     asks the guards for each case, and whether they say what it expects
       PATH: a file, or a folder with *.yaml and *.yml`;

/** `sentinel policy check|test`: what actions may do, tried before it counts. */
export const policyCommand: Command = {
  summary: 'policy check|test PATH...          what the guards of actions say, tried on cases of your own',
  usage,
  run({ args, env, ...streams }) {
    const options = { cases: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb, ...paths] = positionals;
    const isTest = verb === 'test';
    if ((verb !== 'check' && !isTest) || isTest !== (values.cases !== undefined) || paths.length === 0) {
      throw new SentinelError('SENTINEL_USAGE', usage);
    }
    const files = paths.flatMap(textFilesAt);
    const { policies, policyCount, actions, problems } = readActFiles(files, { env, fetch, ...systemClock });
    const cases = values.cases === undefined ? [] : textFilesAt(values.cases).map(readCases);
    const wrong = [...problems, ...cases.flatMap((one) => one.problems)];
    for (const problem of wrong) streams.stderr.write(`${describeProblem(problem.file, problem)}\n`);
    if (wrong.length > 0) return Promise.resolve(exitCodes.failed);
    if (isTest)
      return Promise.resolve(
        test(
          cases.flatMap((one) => one.cases),
          policies,
          streams,
        ),
      );
    streams.stdout.write(`${actions.length} actions and ${policyCount} policies, all valid.\n`);
    return Promise.resolve(exitCodes.ok);
  },
};

function test(cases: readonly PolicyCase[], policies: Policies, { stdout }: Pick<CommandContext, 'stdout'>): number {
  const failed = cases.filter((one) => {
    const results = askGuards({ request: one.request, situation: one.situation, policies });
    const refusedBy = results.filter(({ kind }) => kind === 'refused').map(({ guard }) => guard);
    const holds = [...refusedBy].sort().join() === [...one.refusedBy].sort().join();
    stdout.write(`${holds ? 'ok    ' : 'FAILED'} ${one.name}\n`);
    for (const line of results.flatMap(described)) stdout.write(`         ${line}\n`);
    if (!holds)
      stdout.write(`         Expected: ${one.refusedBy.length === 0 ? 'allowed' : one.refusedBy.join(', ')}.\n`);
    return !holds;
  });
  stdout.write(`${cases.length - failed.length} of ${cases.length} cases hold.\n`);
  return failed.length === 0 && cases.length > 0 ? exitCodes.ok : exitCodes.failed;
}

function described(result: GuardResult): string[] {
  return result.kind === 'refused' ? [`${result.guard}: ${refusalText(result.refusal)}`] : [];
}

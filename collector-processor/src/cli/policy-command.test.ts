import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { policyCommand } from './policy-command.ts';

const policies = `
version: sentinel/v1
policies:
  - { name: low budget, allow: suggest, when: { budget_below: 10% } }
  - { name: roll back by itself, match: { actions: [roll-back] }, allow: automatic, blast_radius: { instances: 100% } }
`;

function aCase(more: string): string {
  return `
  - name: bad deploy
    at: 2026-03-02T03:00:00Z
    action: roll-back
    target: { service: payment, environment: production }
    cause: { kind: change, verdict: supported, confidence: high }
    touches: { instances: 8, of: 8 }
    ladder: automatic
    ${more}
`;
}

async function run(verb: string, cases?: string, text = policies) {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  writeFileSync(join(folder, 'policies.yaml'), text);
  const caseFile = join(folder, 'cases.yml');
  if (cases !== undefined) writeFileSync(caseFile, `version: sentinel/v1\ncases:${cases}`);
  let out = '';
  const stream = { write: (chunk: string) => (out += chunk) !== '' };
  const args = [verb, join(folder, 'policies.yaml'), ...(cases === undefined ? [] : ['--cases', caseFile])];
  const code = await policyCommand.run({ args, env: {}, stdout: stream, stderr: stream });
  return { code, out: out.replaceAll(`${folder}/`, '') };
}

test('valid policies are counted', async () => {
  expect(await run('check')).toEqual({ code: 0, out: '0 actions and 2 policies, all valid.\n' });
});

test('cases are asked, and each refusal is told', async () => {
  const cases = aCase('refused_by: []') + aCase('budgets: { availability: 4% }\n    refused_by: [policy, approval]');
  const { code, out } = await run('test', cases);
  expect(out).toBe(`ok     bad deploy
ok     bad deploy
         policy: availability has 4% of its budget left. Policy 'low budget' allows to suggest only below 10%.
         approval: 0 of 1 approvals are given.
2 of 2 cases hold.
`);
  expect(code).toBe(0);
});

test('earlier runs, persons and approvals are part of a case', async () => {
  const { out } = await run(
    'test',
    aCase('runs: [{ ago: 5m }]\n    refused_by: [cool_down]') +
      aCase('by: Ana\n    budgets: { availability: 4% }\n    refused_by: []') +
      aCase('canary: 1\n    approvals: [Leo]\n    refused_by: []'),
  );
  expect(out).toContain('3 of 3 cases hold.');
});

test('a case that does not hold fails', async () => {
  const { code, out } = await run('test', aCase('refused_by: [confidence]'));
  expect(out).toContain('FAILED bad deploy\n         Expected: confidence.\n0 of 1 cases hold.');
  expect(code).toBe(1);
});

test('no case at all is no success', async () => {
  expect((await run('test', ' []')).code).toBe(1);
});

test.each([
  ['at: yesterday\n    refused_by: []', 'Map keys must be unique'],
  ['runs: [{ ago: soon }]\n    refused_by: []', 'cases.yml:10:19 cases.0.runs.0.ago: "soon" is no length of time.'],
  ['refused_by: [luck]', 'cases.0.refused_by.0'],
])('a case that cannot be read is told with its place', async (more, told) => {
  const { code, out } = await run('test', aCase(more));
  expect(out).toContain(told);
  expect(code).toBe(1);
});

test('policies that are wrong are not tried', async () => {
  const { code, out } = await run('test', aCase('refused_by: []'), 'version: sentinel/v1\npolicies: [{ name: a }]');
  expect(out).toContain('policies.yaml:2:12 policies.0: "a" says nothing.');
  expect(out).not.toContain('cases hold');
  expect(code).toBe(1);
});

test('what is no command is answered with the usage, and a path that is not there is named', async () => {
  await expect(run('try')).rejects.toThrow('usage: sentinel policy');
  await expect(run('test')).rejects.toThrow('usage: sentinel policy');
  const context = { args: ['check', '/nowhere'], env: {}, stdout: process.stdout, stderr: process.stderr };
  expect(() => policyCommand.run(context)).toThrow('/nowhere cannot be read');
});

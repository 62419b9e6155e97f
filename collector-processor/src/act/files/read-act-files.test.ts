import { expect, test } from '@jest/globals';
import { describeProblem } from '../../runtime/yaml/problem.ts';
import { readActFiles } from './read-act-files.ts';

function read(text: string) {
  const { problems, ...found } = readActFiles([{ name: 'policies.yaml', text }], surroundings);
  return { ...found, problems: problems.map((one) => describeProblem(one.file, one)) };
}

const surroundings = {
  env: { HOOK_KEY: 'secret' },
  fetch: () => Promise.reject(new Error('nobody is asked while files are read')),
  nowMs: () => 0,
  sleep: () => Promise.resolve(),
};

test('a policy may say several things of what it matches', () => {
  const { policies, policyCount, problems } = read(`
version: sentinel/v1
policies:
  - name: payment
    match: { actions: [roll-back], services: [payment], environments: [production], labels: { tier: 1 } }
    allow: approve
    when: { budget_below: 12.5% }
    confidence: medium
    blast_radius: { instances: 30%, services: 2, dependents: 4 }
    cool_down: 45m
    rate: { runs: 2, per: 6h }
    concurrency: { runs: 2, of: service }
    canary: { instances: 1 }
    approval: { persons: 2 }
`);
  expect(problems).toEqual([]);
  expect(policyCount).toBe(1);
  const match = {
    actions: ['roll-back'],
    services: ['payment'],
    environments: ['production'],
    labels: { tier: '1' },
  };
  const rule = { name: 'payment', match };
  expect(policies).toEqual({
    rungs: [{ ...rule, upTo: 'approve', budgetBelow: 0.125 }],
    confidence: [{ ...rule, atLeast: 'medium' }],
    blastRadius: [
      {
        ...rule,
        instances: { kind: 'share', value: 0.3 },
        services: { kind: 'count', value: 2 },
        dependents: { kind: 'count', value: 4 },
      },
    ],
    coolDowns: [{ ...rule, coolDownMs: 45 * 60_000 }],
    rates: [{ ...rule, runs: 2, perMs: 6 * 3_600_000, of: 'action' }],
    concurrency: [{ ...rule, atOnce: 2, of: 'service' }],
    canaries: [{ ...rule, instances: 1 }],
    approvals: [{ ...rule, persons: 2, withinMs: 15 * 60_000 }],
  });
});

test('rules stand in the order of their files, and a denial is an observation', () => {
  const first = 'version: sentinel/v1\npolicies:\n  - { name: never, deny: true, match: { services: [bank] } }\n';
  const second = 'version: sentinel/v1\npolicies:\n  - { name: by itself, allow: automatic, cool_down: 0s }\n';
  const files = [
    { name: 'a.yaml', text: first },
    { name: 'b.yaml', text: second },
  ];
  const { policies } = readActFiles(files, surroundings);
  expect(policies.rungs.map(({ name, upTo }) => [name, upTo])).toEqual([
    ['never', 'observe'],
    ['by itself', 'automatic'],
  ]);
  expect(policies.coolDowns).toMatchObject([{ coolDownMs: 0 }]);
});

test.each([
  ['- { name: a, allow: always }', 'policies.yaml:3:23 policies.0.allow: The value "always" does not fit'],
  ['- { name: a, cooldown: 5m }', 'There is no setting "cooldown" here. Remedy: Did you mean cool_down?'],
  ['- { name: a }', 'policies.0: "a" says nothing. Remedy: Add allow, deny'],
  ['- { name: a, allow: suggest, deny: true }', '"a" allows and denies. Remedy: Keep one of allow and deny.'],
  ['- { name: a, canary: { instances: 1 }, when: { budget_below: 3% } }', 'nothing that depends on a budget'],
  ['- { name: a, cool_down: soon }', 'policies.yaml:3:27 policies.0.cool_down: "soon" is no length of time.'],
  ['- { name: a, rate: { runs: 1, per: day } }', '"day" is no length of time. Remedy: Write it as 30m or 2h.'],
  ['- { name: a, blast_radius: { instances: most } }', 'policies.0.blast_radius.instances'],
  ['- { name: a, approval: { persons: 0 } }', 'policies.0.approval.persons'],
  ['- [', 'Correct the YAML syntax'],
])('what is wrong is told with its place and a remedy: %s', (policy, told) => {
  const { problems, policyCount } = read(`version: sentinel/v1\npolicies:\n  ${policy}\n`);
  expect(problems).toEqual([expect.stringContaining(told)]);
  expect(policyCount).toBe(0);
});

test('another version is none of these', () => {
  expect(read('version: sentinel/v2\npolicies: []').problems).toEqual([expect.stringContaining('sentinel/v1')]);
});

const rollBack = `
version: sentinel/v1
actions:
  - name: roll-back
    title: Roll back a deploy
    type: webhook
    with:
      url: https://deploys.example/{{target.service}}
      body: '{"to": {{parameters.revision}}}'
      sign_with: [HOOK_KEY]
    target: deployment
    parameters: { revision: { type: integer, minimum: 1, default: 1 } }
    undo: { action: roll-back, parameters: { revision: 2 } }
    canary: { instances: 1 }
    watch: 10m
`;

test('an action says how it is done, undone and watched', () => {
  const { actions, problems } = read(rollBack);
  expect(problems).toEqual([]);
  expect(actions).toMatchObject([
    {
      name: 'roll-back',
      targetKind: 'deployment',
      parameters: [{ name: 'revision', type: 'integer', byDefault: 1, minimum: 1, options: [] }],
      undo: { action: 'roll-back', parameters: { revision: 2 } },
      canary: { instances: 1, watchMs: 2 * 60_000 },
      watchMs: 10 * 60_000,
      cost: 'low',
      line: 4,
    },
  ]);
});

test.each([
  [
    ['type: webhook', 'type: magic'],
    'policies.yaml:6:11 actions.0.type: There is no type magic. Remedy: Use one of webhook, runbook.',
  ],
  [['url: https', 'url: gopher'], 'policies.yaml:8:12 actions.0.with.url'],
  [['target.service', 'target.colour'], 'Nothing is called {{target.colour}}. Remedy: Use target.name'],
  [['parameters.revision', 'parameters.version'], 'Nothing is called {{parameters.version}}.'],
  [['HOOK_KEY', 'NO_KEY'], 'The environment has no NO_KEY. Remedy: Set it for the process'],
  [['default: 1', 'default: 0'], 'revision is to be 1 at least.'],
  [['default: 1', 'default: one'], 'revision is to be of type integer.'],
  [['watch: 10m', 'watch: long'], '"long" is no length of time.'],
  [
    ['{ action: roll-back', '{ action: roll-on'],
    'policies.yaml:4:1 roll-back is undone by roll-on, which is no action.',
  ],
  [['target: deployment', 'aim: deployment'], 'There is no setting "aim" here.'],
] as const)('what is wrong with an action is told: %j', ([from, to], told) => {
  expect(read(rollBack.replace(from, to)).problems).toEqual([expect.stringContaining(told)]);
});

test('two actions of one name', () => {
  const twice = `${rollBack}${rollBack.slice(rollBack.indexOf('  - name'))}`;
  expect(read(twice).problems).toEqual([expect.stringContaining('There is an action roll-back already.')]);
});

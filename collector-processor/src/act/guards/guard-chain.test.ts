import { describe, expect, test } from '@jest/globals';
import { type GuardName, guardNames, type Refusal } from '../../model/action.ts';
import { anAsked, anything, aRun, aRunning, MINUTE_MS, NOW_MS, payment } from '../testing/asked.ts';
import { askGuards } from './guard-chain.ts';
import type { Asked } from './guard.ts';
import { refusalText } from './refusal-text.ts';

const rule = { name: 'mine', match: anything };
const ana = { by: 'Ana', planVersion: 1, atMs: NOW_MS - MINUTE_MS };
const leo = { ...ana, by: 'Leo' };
const person = { kind: 'person', name: 'Ana' } as const;

function refusals(asked: Asked): readonly Refusal[] {
  return askGuards(asked).flatMap((one) => (one.kind === 'refused' ? [one.refusal] : []));
}

function refusedBy(asked: Asked): readonly GuardName[] {
  return refusals(asked).map(({ guard }) => guard);
}

test('all guards answer, in their order, and what nothing stands against passes', () => {
  const results = askGuards(anAsked());
  expect(results.map(({ guard }) => guard)).toEqual(guardNames);
  expect(results.every(({ kind }) => kind === 'passed')).toBe(true);
});

test('whoever reads a plan sees all that stands against it', () => {
  const situation = { killSwitch: { sinceMs: NOW_MS, by: 'Ana', reason: 'runaway' }, rung: 'observe' } as const;
  expect(refusedBy(anAsked({ situation, request: { expiresAtMs: NOW_MS } }))).toEqual([
    'kill_switch',
    'policy',
    'expiry',
    'approval',
  ]);
});

describe('windows', () => {
  const open = {
    name: 'Quarter end',
    match: { ...anything, services: ['payment'] },
    fromMs: NOW_MS,
    untilMs: NOW_MS + 60 * MINUTE_MS,
  };

  test('one that covers the target refuses until it ends; the longest is named', () => {
    const longer = { ...open, name: 'Year end', untilMs: NOW_MS + 90 * MINUTE_MS };
    expect(refusals(anAsked({ situation: { freezes: [open, longer] } })).map(refusalText)).toEqual([
      "freeze window 'Year end' covers payment until 2026-03-02 04:30 UTC.",
    ]);
    expect(refusals(anAsked({ situation: { maintenance: [open] } })).map(refusalText)).toEqual([
      "payment is in maintenance until 2026-03-02 04:00 UTC ('Quarter end').",
    ]);
  });

  test('another service is free, and so is the time before and behind', () => {
    const freezes = [{ ...open, match: { ...anything, services: ['search'] } }];
    expect(refusedBy(anAsked({ situation: { freezes } }))).toEqual([]);
    for (const [fromMs, untilMs] of [
      [NOW_MS - 1, NOW_MS],
      [NOW_MS + 1, NOW_MS + 2],
    ] as const) {
      expect(refusedBy(anAsked({ situation: { freezes: [{ ...open, fromMs, untilMs }] } }))).toEqual([]);
    }
  });
});

describe('policy', () => {
  test('without a policy Sentinel only suggests', () => {
    expect(refusals(anAsked({ policies: { rungs: [] } })).map(refusalText)).toContain(
      "policy 'shipped' allows to suggest only.",
    );
    expect(refusedBy(anAsked({ policies: { rungs: [] }, request: { initiator: person } }))).toEqual([]);
  });

  test('the first rule that fits counts, and the ladder caps it', () => {
    const match = { ...anything, environments: ['production'] };
    const rungs = [{ name: 'never here', match, upTo: 'observe' } as const, { ...rule, upTo: 'automatic' } as const];
    expect(refusedBy(anAsked({ policies: { rungs } }))).toEqual(['policy', 'approval']);
    const elsewhere = { target: { ...payment, environment: 'staging' } };
    expect(refusedBy(anAsked({ policies: { rungs }, request: elsewhere }))).toEqual([]);
    expect(refusals(anAsked({ situation: { rung: 'suggest' } })).map(refusalText)).toContain(
      'the ladder allows to suggest only.',
    );
  });

  test('less budget gives fewer rights, and a budget that nobody knows gives none', () => {
    const rungs = [
      { ...rule, name: 'low budget', upTo: 'suggest', budgetBelow: 0.1 } as const,
      { ...rule, upTo: 'automatic' } as const,
    ];
    const asked = (left: number | undefined) =>
      anAsked({
        policies: { rungs },
        situation: {
          budgets: [
            { objective: 'latency', service: 'payment', left: 0.9 },
            { objective: 'availability', service: 'payment', ...(left === undefined ? {} : { left }) },
            { objective: 'other', service: 'search', left: 0 },
          ],
        },
      });
    expect(refusals(asked(0.04)).map(refusalText)).toContain(
      "availability has 4% of its budget left. Policy 'low budget' allows to suggest only below 10%.",
    );
    expect(refusedBy(asked(undefined))).toContain('policy');
    expect(refusedBy(asked(0.1))).toEqual([]);
  });
});

describe('confidence', () => {
  test.each([
    [
      { kind: 'change', verdict: 'supported', confidence: 'low' } as const,
      'the cause is supported with low confidence.',
    ],
    [{ kind: 'change', verdict: 'undecided', confidence: '' } as const, 'the cause is undecided.'],
  ])('Sentinel asks for a sure cause: %p', (cause, text) => {
    expect(refusals(anAsked({ request: { cause } })).map(refusalText)).toEqual([`${text} This action asks for high.`]);
    expect(refusedBy(anAsked({ request: { cause, initiator: person } }))).toEqual([]);
  });

  test('a rule of one’s own takes the place of what ships', () => {
    const confidence = [{ ...rule, atLeast: 'low' } as const];
    const cause = { kind: 'change', verdict: 'supported', confidence: 'low' } as const;
    expect(refusedBy(anAsked({ request: { cause }, policies: { confidence } }))).toEqual([]);
  });
});

describe('blast radius', () => {
  const many = { instances: 6, ofInstances: 8, services: 1, dependents: 2 };

  test('a share, a count, and what nobody knows', () => {
    expect(refusals(anAsked({ request: { blastRadius: many } })).map(refusalText)).toEqual([
      'this would touch 6 of 8 instances (75%). The limit is 30%.',
    ]);
    const unknown = { ...many, instances: 1, ofInstances: 0 };
    expect(refusals(anAsked({ request: { blastRadius: unknown } })).map(refusalText)).toEqual([
      'this would touch 1 instances. The limit is 30%.',
    ]);
    const blastRadius = [{ ...rule, dependents: { kind: 'count', value: 1 } as const }];
    expect(refusals(anAsked({ policies: { blastRadius } }))).toMatchObject([{ measure: 'dependents', touched: 2 }]);
  });

  test('one of three is always small enough for a share', () => {
    expect(refusedBy(anAsked({ request: { blastRadius: { ...many, instances: 1, ofInstances: 3 } } }))).toEqual([]);
  });
});

describe('runs', () => {
  test('the target rests after whatever was done to it, also when a clock ran ahead', () => {
    expect(refusals(anAsked({ situation: { runs: [aRun({ action: 'restart' })] } })).map(refusalText)).toEqual([
      'something was done to this target at 2026-03-02 02:56 UTC. Next possible at 2026-03-02 03:26 UTC.',
    ]);
    const ahead = aRun({ startMs: NOW_MS + 60 * MINUTE_MS, endMs: NOW_MS + 61 * MINUTE_MS });
    expect(refusedBy(anAsked({ situation: { runs: [ahead] } }))).toEqual(['cool_down']);
    const elsewhere = aRun({ target: { ...payment, name: 'search' } });
    expect(refusedBy(anAsked({ situation: { runs: [elsewhere] } }))).toEqual([]);
  });

  test('so many within a while, and room again when the oldest has grown old', () => {
    const at = (minutes: number) =>
      aRun({ id: String(minutes), target: { ...payment, name: 'other' }, startMs: NOW_MS - minutes * MINUTE_MS });
    expect(refusals(anAsked({ situation: { runs: [at(50), at(40), at(35)] } })).map(refusalText)).toEqual([
      '3 of 3 runs of this action are used. Next possible at 2026-03-02 03:10 UTC.',
    ]);
    expect(refusedBy(anAsked({ situation: { runs: [at(60), at(40), at(35)] } }))).toEqual([]);
    const never = { rates: [{ ...rule, runs: 0, perMs: MINUTE_MS, of: 'all' } as const] };
    expect(refusals(anAsked({ policies: never })).map(refusalText)).toEqual([
      '0 of 0 runs in all are used. None is allowed.',
    ]);
  });

  test('one at a time on a target', () => {
    const running = aRunning({ startMs: NOW_MS - 60 * MINUTE_MS });
    const found = refusals(
      anAsked({ situation: { runs: [running] }, policies: { coolDowns: [{ ...rule, coolDownMs: 0 }] } }),
    );
    expect(found.map(refusalText)).toEqual([
      "'roll-back' is running on payment since 2026-03-02 02:00 UTC by Sentinel, automatic.",
    ]);
  });
});

test('a canary comes first where a rule asks for it, unless so few are touched anyway', () => {
  const policies = { canaries: [{ ...rule, instances: 1 }] };
  const blastRadius = { instances: 2, ofInstances: 8, services: 1, dependents: 2 };
  expect(refusals(anAsked({ policies, request: { blastRadius } })).map(refusalText)).toEqual([
    'this action has to change one instance first.',
  ]);
  expect(refusedBy(anAsked({ policies, request: { blastRadius, canary: { instances: 2 } } }))).toEqual(['canary']);
  expect(refusedBy(anAsked({ policies, request: { blastRadius, canary: { instances: 1 } } }))).toEqual([]);
  expect(refusedBy(anAsked({ policies }))).toEqual([]);
});

describe('approval', () => {
  const approve = { situation: { rung: 'approve' } } as const;
  const two = { approvals: [{ ...rule, persons: 2, withinMs: 15 * MINUTE_MS }] };

  test('where Sentinel may only ask, one person agrees', () => {
    expect(refusals(anAsked(approve))).toEqual([{ guard: 'approval', policy: '', given: 0, needed: 1 }]);
    expect(refusedBy(anAsked({ ...approve, request: { approvals: [leo] } }))).toEqual([]);
  });

  test('two different persons, neither of whom asked', () => {
    const by = (...approvals: (typeof ana)[]) =>
      refusals(anAsked({ policies: two, request: { initiator: person, approvals } })).map(refusalText);
    expect(by()).toEqual(['0 of 2 approvals are given.']);
    expect(by(ana, leo)).toEqual([
      '1 of 2 approvals are given.'.replace('.', '; whoever asked for it cannot approve it.'),
    ]);
    expect(by(leo, leo)).toEqual(['1 of 2 approvals are given; one person counts once.']);
    expect(by(leo, { ...leo, by: 'Mia' })).toEqual([]);
  });

  test('one of an earlier version, or one that grew old, is none', () => {
    const by = (approval: typeof ana) => refusals(anAsked({ ...approve, request: { approvals: [approval] } }));
    expect(by({ ...ana, planVersion: 0 })).toMatchObject([{ given: 0, passedOver: 'changed' }]);
    expect(by({ ...ana, atMs: NOW_MS - 16 * MINUTE_MS })).toMatchObject([{ given: 0, passedOver: 'expired' }]);
  });
});

test('undoing is not held up by what only beginning is asked, but by what stops everything', () => {
  const asked = anAsked({
    request: { ofRun: 'r1', approvals: [] },
    situation: { rung: 'observe', runs: [aRunning(), aRun({ id: 'r2' }), aRun({ id: 'r3' })] },
    policies: { canaries: [{ ...rule, instances: 0 }] },
  });
  expect(refusedBy(asked)).toEqual([]);
  const freezes = [{ name: 'Quarter end', match: anything, fromMs: 0, untilMs: NOW_MS + MINUTE_MS }];
  expect(refusedBy({ ...asked, situation: { ...asked.situation, freezes } })).toEqual(['freeze_window']);
});

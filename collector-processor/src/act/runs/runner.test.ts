import { describe, expect, test } from '@jest/globals';
import { aLastingStep, aPlan, aStep } from '../testing/a-plan.ts';
import { AWorld } from '../testing/a-world.ts';
import { anything, MINUTE_MS, NOW_MS, payment } from '../testing/asked.ts';

const sentinel = { initiator: { kind: 'sentinel' }, approvals: [] } as const;

/** Everything that waits for nothing but itself. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a canary, the rest, and what the detectors say of each', async () => {
  const world = new AWorld();
  expect(await world.runner().begin(aPlan(), sentinel)).toMatchObject({ kind: 'started', runId: 'r1' });
  await settled();
  expect(world.facts().map(({ kind }) => kind)).toEqual([
    'started',
    'intended',
    'done',
    'judged',
    'intended',
    'done',
    'judged',
    'ended',
  ]);
  expect(world.performed).toEqual(['r1/0', 'r1/1']);
  expect(world.outcomes()).toEqual(['healed']);
});

test('what is refused leaves no run, and says all that stands against it', async () => {
  const world = new AWorld();
  world.surroundings = { ...world.surroundings, killSwitch: { sinceMs: NOW_MS, by: 'Ana', reason: 'runaway' } };
  const outcome = await world.runner().begin(aPlan({ expiresAtMs: NOW_MS }), sentinel);
  expect(outcome.kind === 'refused' ? outcome.guards.filter(({ kind }) => kind === 'refused') : []).toMatchObject([
    { guard: 'kill_switch' },
    { guard: 'expiry' },
  ]);
  await settled();
  expect(world.events).toEqual([]);
});

test('every step of a plan has to be allowed', async () => {
  const world = new AWorld();
  const steps = [aStep(), aStep({ blastRadius: { instances: 8, ofInstances: 8, services: 1, dependents: 0 } })];
  expect(await world.runner().begin(aPlan({ steps }), sentinel)).toMatchObject({ kind: 'refused' });
});

test('two plans for one target at the same moment: one of them runs', async () => {
  const world = new AWorld();
  const runner = world.runner();
  const outcomes = await Promise.all([runner.begin(aPlan(), sentinel), runner.begin(aPlan({ id: 'p2' }), sentinel)]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['started', 'refused']);
});

test('worse after the canary: it is taken back, and the rest is never touched', async () => {
  const world = new AWorld();
  world.verdicts = ['worse'];
  await world.runner().begin(aPlan(), sentinel);
  await settled();
  expect(world.performed).toEqual(['r1/0', 'r1/0/undo']);
  expect(world.outcomes()).toEqual(['undone']);
});

test('worse in the end: the newest step is taken back first', async () => {
  const world = new AWorld();
  world.verdicts = ['no_effect', 'worse'];
  await world.runner().begin(aPlan(), sentinel);
  await settled();
  expect(world.performed).toEqual(['r1/0', 'r1/1', 'r1/1/undo', 'r1/0/undo']);
  expect(world.outcomes()).toEqual(['undone']);
});

test('what cannot be undone stays, and is called worse', async () => {
  const world = new AWorld();
  world.verdicts = ['worse'];
  await world.runner().begin(aPlan({ steps: [aLastingStep()] }), sentinel);
  await settled();
  expect(world.outcomes()).toEqual(['worse']);
});

describe('a guard in the middle of a run', () => {
  const frozen = [{ name: 'Quarter end', match: anything, fromMs: 0, untilMs: NOW_MS + 60 * MINUTE_MS }];

  test('stops it after the step', async () => {
    const world = new AWorld();
    world.resultOf = () => {
      world.surroundings = { ...world.surroundings, killSwitch: { sinceMs: NOW_MS, by: 'Ana', reason: 'enough' } };
      return { kind: 'done', summary: '' };
    };
    await world.runner().begin(aPlan(), sentinel);
    await settled();
    expect(world.performed).toEqual(['r1/0']);
    expect(world.outcomes()).toEqual(['stopped']);
  });

  test('refuses the undoing too, which is said', async () => {
    const world = new AWorld();
    world.verdicts = ['worse'];
    world.resultOf = () => {
      world.surroundings = { ...world.surroundings, freezes: frozen };
      return { kind: 'done', summary: '' };
    };
    await world.runner().begin(aPlan(), sentinel);
    await settled();
    expect(world.facts()).toContainEqual(expect.objectContaining({ kind: 'refused', undoes: true }));
    expect(world.outcomes()).toEqual(['worse']);
  });

  test('asks nothing that only a beginning is asked', async () => {
    const world = new AWorld();
    world.resultOf = () => {
      world.nowMs += 60 * MINUTE_MS;
      world.surroundings = { ...world.surroundings, rung: 'observe' };
      return { kind: 'done', summary: '' };
    };
    await world.runner().begin(aPlan(), sentinel);
    await settled();
    expect(world.outcomes()).toEqual(['healed']);
  });
});

test('a step that fails ends the run, and the steps behind it are left alone', async () => {
  const world = new AWorld();
  world.resultOf = () => ({ kind: 'failed', reason: 'no such deployment' });
  await world.runner().begin(aPlan(), sentinel);
  await settled();
  expect(world.outcomes()).toEqual(['failed']);
  expect(world.facts().filter(({ kind }) => kind === 'intended')).toHaveLength(1);
});

test('a step that breaks off may have been done: nobody goes on, and nobody repeats it', async () => {
  const world = new AWorld();
  const performer = { perform: () => Promise.reject(new Error('hung up')), findOut: () => Promise.reject(new Error()) };
  await world.runner(Infinity, { performer }).begin(aPlan(), sentinel);
  await settled();
  expect(world.outcomes()).toEqual(['unknown']);
});

test('what cannot be written down is not begun', async () => {
  const world = new AWorld();
  expect(await world.runner(0).begin(aPlan(), sentinel)).toMatchObject({ kind: 'failed' });
  await settled();
  expect(world.performed).toEqual([]);
});

test('wherever the process dies, each step is done once, in order, and the run comes to its end', async () => {
  for (const verdicts of [['healed'], ['worse'], ['no_effect', 'worse']] as const) {
    const whole = new AWorld();
    whole.verdicts = verdicts;
    await whole.runner().begin(aPlan(), sentinel);
    await settled();
    for (let lifetime = 1; lifetime < 16; lifetime += 0.5) {
      const world = new AWorld();
      world.verdicts = verdicts;
      await world.runner(lifetime).begin(aPlan(), sentinel);
      await settled();
      const second = world.runner(2.5);
      await second.resume();
      await settled();
      await world.runner().resume();
      await settled();
      expect([lifetime, world.performed]).toEqual([lifetime, whole.performed]);
      expect([lifetime, world.outcomes()]).toEqual([lifetime, whole.outcomes()]);
    }
  }
});

test('limits know what ran before the process', async () => {
  const world = new AWorld();
  await world.runner().begin(aPlan(), sentinel);
  await settled();
  world.nowMs += 5 * MINUTE_MS;
  const runner = world.runner();
  await runner.resume();
  expect(await runner.begin(aPlan({ id: 'p2' }), sentinel)).toMatchObject({ kind: 'refused' });
  world.nowMs += 26 * MINUTE_MS;
  expect(await runner.begin(aPlan({ id: 'p2', expiresAtMs: Infinity }), sentinel)).toMatchObject({ kind: 'started' });
});

test('while a clock is being set, a plan has to be allowed at both times', async () => {
  const world = new AWorld();
  let wallMs = NOW_MS;
  const clock = { nowMs: () => wallMs, monotonicMs: () => world.nowMs, sleep: () => Promise.resolve() };
  const runner = world.runner(Infinity, { clock });
  wallMs += 60 * MINUTE_MS;
  const elsewhere = { ...payment, name: 'search', service: 'search' };
  const freezes = [
    { name: 'noon', match: anything, fromMs: NOW_MS + 59 * MINUTE_MS, untilMs: NOW_MS + 61 * MINUTE_MS },
  ];
  world.surroundings = { ...world.surroundings, freezes };
  const plan = aPlan({ steps: [aStep({ target: elsewhere })], expiresAtMs: Infinity });
  expect(await runner.begin(plan, sentinel)).toMatchObject({ kind: 'refused' });
  wallMs = NOW_MS;
  expect(await runner.begin(plan, sentinel)).toMatchObject({ kind: 'started' });
});

test('runs that no limit looks back to are forgotten', async () => {
  const world = new AWorld();
  const runner = world.runner(Infinity, { memoryMs: 30 * MINUTE_MS });
  for (let day = 0; day < 5; day++) {
    await runner.begin(aPlan({ id: String(day), expiresAtMs: Infinity }), sentinel);
    await settled();
    world.nowMs += 24 * 60 * MINUTE_MS;
  }
  expect([...runner.states()].length).toBe(1);
});

test('a runner that is stopped begins no further step', async () => {
  const world = new AWorld();
  const runner = world.runner();
  world.resultOf = () => {
    runner.stop();
    return { kind: 'done', summary: '' };
  };
  await runner.begin(aPlan(), sentinel);
  await settled();
  expect(world.performed).toEqual(['r1/0']);
  expect(world.outcomes()).toEqual([]);
});

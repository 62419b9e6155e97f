import { expect, test } from '@jest/globals';
import type { PlacedObjective } from '../../model/slo.ts';
import type { BudgetState, SloStatus } from '../budget/budget-state.ts';
import { readSloFiles } from '../files/read-slo-files.ts';
import { type Tier, tiersOf } from '../rules/tiers.ts';
import { CrossingWatch } from './crossing-watch.ts';

const minute = 60_000;
const text =
  'version: sentinel/v1\nslos: [{ name: errors, service: shop, objective: 99.9, indicator: { requests: {} } }]\n';
const [objective] = readSloFiles([{ name: 'slos.yaml', text }]).objectives as [PlacedObjective];
const budget = { id: 'shop-errors', objective };

function state(burning: Tier['name'] | undefined, status: SloStatus = 'on_track'): BudgetState {
  const none = { total: 0, bad: 0 };
  const tiers = tiersOf(28 * 86_400).map((tier) => ({
    ...{ tier, long: none, longRate: tier.burnRate + 1 },
    state: tier.name === burning ? ('burning' as const) : ('calm' as const),
  }));
  return { status, fromMs: 0, toMs: 1, counts: none, takenOut: none, allowed: 0, left: 0.4, tiers };
}

/** What is told of states minute by minute. */
function story(...states: readonly BudgetState[]): string[] {
  const watch = new CrossingWatch();
  return states.flatMap((one, at) => {
    const crossing = watch.look(budget, one, at * minute);
    if (crossing === undefined) return [];
    watch.noted(crossing);
    return [`${at}: ${crossing.from} to ${crossing.to}`];
  });
}

const times = (count: number, one: BudgetState): BudgetState[] => Array.from({ length: count }, () => one);

test('a budget that begins to burn is told once, and again when it burns worse', () => {
  expect(story(state(undefined), state('slow'), state('slow'), state('fast'), state('fast'))).toEqual([
    '1: none to slow',
    '3: slow to fast',
  ]);
});

test('waves of errors are one burning, whose end is told when it has been calm for a while', () => {
  const waves = [state('fast'), ...times(20, state(undefined)), state('fast'), ...times(40, state(undefined))];
  expect(story(...waves)).toEqual(['0: none to fast', '51: fast to none']);
});

test('what burns less is not told, but burning worse again is, once it had burned less for a while', () => {
  expect(story(state('fast'), ...times(10, state('slow')), state('fast'))).toEqual(['0: none to fast']);
  expect(story(state('fast'), ...times(40, state('slow')), state('fast'))).toEqual([
    '0: none to fast',
    '41: slow to fast',
  ]);
});

test('while nobody knows a budget nothing is told of it', () => {
  const unknown = state(undefined, 'no_data');
  expect(story(state('fast'), ...times(100, unknown), state('fast'))).toEqual(['0: none to fast']);
});

test('a budget that is used up is worse than any burning', () => {
  expect(story(state('fast'), state('fast', 'exhausted'))).toEqual(['0: none to fast', '1: fast to exhausted']);
});

test('news that could not be noted is told again, and what was told before a restart is not', () => {
  const watch = new CrossingWatch();
  const first = watch.look(budget, state('fast'), minute);
  expect(first).toMatchObject({ id: 'shop-errors@60000', title: 'errors', service: 'shop', left: 0.4 });
  expect(watch.look(budget, state('fast'), 2 * minute)).toMatchObject({ to: 'fast' });
  const restarted = new CrossingWatch();
  restarted.restore([first!]);
  expect(restarted.look(budget, state('fast'), 3 * minute)).toBeUndefined();
});

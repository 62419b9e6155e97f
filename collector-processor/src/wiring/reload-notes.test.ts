import { expect, test } from '@jest/globals';
import type { Settings } from '../config/schema.ts';
import { reloadNotes } from './reload-notes.ts';

function settingsWith(score: Record<string, unknown> = {}, store = 'sentinel.db'): Settings {
  const all = { bucket: 10_000, learningSteps: 30, snapshot: { path: '', interval: 60_000 }, ...score };
  return { score: all, store: { path: store } } as unknown as Settings;
}

test('another bucket makes learning start again, and that is said', () => {
  expect(reloadNotes(settingsWith(), settingsWith({ bucket: 20_000 }))).toEqual([
    'score.bucket is 20 s now; what was learned holds for steps of 10 s. ' +
      'Learning starts again: findings come back after score.learning_steps steps.',
  ]);
});

test('other settings of scoring keep what was learned, and nothing is said', () => {
  expect(reloadNotes(settingsWith(), settingsWith({ learningSteps: 60 }))).toEqual([]);
  expect(reloadNotes(settingsWith(), settingsWith())).toEqual([]);
});

test.each([
  ['a store in memory', settingsWith({}, ':memory:'), settingsWith({ learningSteps: 60 }, ':memory:')],
  ['no snapshot', settingsWith(), settingsWith({ snapshot: { path: 'none', interval: 60_000 } })],
  ['another file', settingsWith(), settingsWith({ snapshot: { path: '/elsewhere', interval: 60_000 } })],
])('without a file that both know, learning starts again: %s', (_case, before, next) => {
  expect(reloadNotes(before, next)).toEqual([expect.stringContaining('Learning starts again')]);
});

test('another store is no other file: it stays the one that is open until a restart', () => {
  expect(reloadNotes(settingsWith(), settingsWith({ learningSteps: 60 }, 'other.db'))).toEqual([]);
});

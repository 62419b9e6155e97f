import { describe, expect, test } from '@jest/globals';
import type { Feedback, TuningVersion } from '../../model/tuning.ts';
import { NOON } from './builders.ts';
import type { OpenTest } from './store-kinds.ts';

const rule = { scope: { tenant: '', seriesId: 's1' }, threshold: 2 };
const counts = { notices: 0, pages: 0 };
const covered = { sources: [], fromMs: 0, toMs: 0, series: 0, seriesLeftOut: 0, steps: 0, isApproximate: false };

export function aFeedback(changes: Partial<Feedback> = {}): Feedback {
  return {
    ...{ id: 'f1', verdict: 'expected', state: 'proposed', anomalyId: 'a1', seriesId: 's1', title: 'Queue rose.' },
    ...{
      fromMs: NOON - 60_000,
      toMs: NOON,
      note: '',
      rule,
      why: 'It was.',
      createdAtMs: NOON,
      by: 'ada',
      knownBy: 'token',
    },
    effect: { ...covered, before: counts, after: counts },
    ...changes,
  };
}

export function aVersion(version: number, changes: Partial<TuningVersion> = {}): TuningVersion {
  return { version, rules: [rule], atMs: NOON, by: 'ada', knownBy: 'token', why: 'Expected.', ...changes };
}

export function feedbackCases(open: OpenTest): void {
  describe('feedback', () => {
    test('given twice is kept once, the first', async () => {
      const { feedback } = await open();
      expect(await feedback.give(aFeedback())).toEqual({ isNew: true, feedback: aFeedback() });
      expect(await feedback.give(aFeedback({ note: 'x' }))).toEqual({ isNew: false, feedback: aFeedback() });
      expect(await feedback.get('f2')).toBeUndefined();
    });

    test('is listed newest first, filtered and paged', async () => {
      const { feedback } = await open();
      for (const number of [1, 2, 3]) {
        await feedback.give(aFeedback({ id: `f${number}`, seriesId: `s${number % 2}`, createdAtMs: NOON + number }));
      }
      const first = await feedback.list({ limit: 2 });
      expect([first.items.map(({ id }) => id), first.total]).toEqual([['f3', 'f2'], 3]);
      expect((await feedback.list({ limit: 2, after: first.next })).items.map(({ id }) => id)).toEqual(['f1']);
      expect((await feedback.list({ limit: 5, seriesId: 's1' })).items).toHaveLength(2);
      expect((await feedback.list({ limit: 5, state: 'accepted' })).items).toEqual([]);
    });

    test('is accepted with its version, or neither', async () => {
      const { feedback, tunings } = await open();
      await feedback.give(aFeedback());
      const accepted = aFeedback({ state: 'accepted', version: 1 });
      expect(await feedback.accept(accepted, aVersion(1))).toBe('accepted');
      expect(await feedback.get('f1')).toEqual(accepted);
      expect(await feedback.accept(accepted, aVersion(2))).toBe('decided');
      expect(await tunings.newest()).toEqual(aVersion(1));
      await feedback.give(aFeedback({ id: 'f2' }));
      expect(await feedback.accept(aFeedback({ id: 'f2', state: 'accepted' }), aVersion(1))).toBe('overtaken');
      expect(await feedback.get('f2')).toMatchObject({ state: 'proposed' });
      expect(await feedback.replaceProposed(aFeedback({ note: 'late' }))).toBe(false);
    });
  });

  test('versions of rules are added once, listed newest first, and the oldest can go', async () => {
    const { tunings } = await open();
    for (const number of [1, 2, 10]) expect(await tunings.add(aVersion(number))).toBe(true);
    expect(await tunings.add(aVersion(10, { by: 'bob' }))).toBe(false);
    expect((await tunings.list(5)).map(({ version }) => version)).toEqual([10, 2, 1]);
    expect((await tunings.list(5, 10)).map(({ version }) => version)).toEqual([2, 1]);
    expect(await tunings.newest()).toEqual(aVersion(10));
    await tunings.forget(2);
    expect(await tunings.get(1)).toBeUndefined();
    expect(await tunings.get(2)).toEqual(aVersion(2));
  });
}

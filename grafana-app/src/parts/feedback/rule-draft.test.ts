import { expect, test } from '@jest/globals';
import type { Rule } from '../../api/feedback';
import { draftOf, isFit, ruleOf } from './rule-draft';

const rule: Rule = {
  scope: { tenant: '', seriesId: 'a' },
  threshold: 1.8,
  minimumShare: 0.2,
  window: { days: [1], fromMinute: 120, toMinute: 180 },
};

test('a draft that was not touched is the rule that it came from', () => {
  expect(ruleOf(rule, draftOf(rule))).toEqual(rule);
});

test('what was emptied is as shipped, what has no field stays', () => {
  const edited = ruleOf(rule, { threshold: '', minimumChange: '45', direction: 'up', inWindow: false });
  expect(edited).toEqual({ scope: rule.scope, minimumShare: 0.2, minimumChange: 45, direction: 'up' });
});

test.each([
  [{ threshold: '0.05' }, false],
  [{ threshold: '1001' }, false],
  [{ minimumChange: '-1' }, false],
  [{ threshold: '' }, false],
  [{ threshold: '', direction: 'down' as const }, true],
  [{ threshold: '2.5' }, true],
])('%j can be proposed: %p', (part, fit) => {
  expect(isFit({ ...draftOf(rule), ...part })).toBe(fit);
});

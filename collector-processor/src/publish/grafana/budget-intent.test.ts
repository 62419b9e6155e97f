import { expect, test } from '@jest/globals';
import type { SloCrossing } from '../../model/slo-crossing.ts';
import { budgetIntent } from './budget-intent.ts';

const look = { appPath: '/a/sentinel', mask: (text: string) => text.replace('secret', '***') };

function aCrossing(over: Partial<SloCrossing> = {}): SloCrossing {
  const about = { id: 'shop-errors@5', slo: 'shop-errors', title: 'Shop <errors>', service: 'shop', atMs: 5 };
  return { ...about, from: 'none', to: 'fast', rate: 14.41, left: 0.123, ...over };
}

test('a crossing is a point with the tier, the rate, what is left and a way to the objective', () => {
  expect(budgetIntent(aCrossing(), look)).toEqual({
    key: expect.stringMatching(/^budget:[0-9a-f]{32}$/),
    startMs: 5,
    endMs: 5,
    text: 'Shop &lt;errors&gt;: burning fast, 14x<br>12% of the error budget left<br><a href="/a/sentinel/slos/shop-errors">Open in Sentinel</a>',
    tags: ['sentinel:budget', 'slo:shop-errors', 'service:shop', expect.stringMatching(/^budget:/)],
  });
});

test('the end of burning has no rate, and an unknown budget says nothing of what is left', () => {
  const { text } = budgetIntent(aCrossing({ to: 'none', left: null, title: 'secret' }), look);
  expect(text).toContain('***: no longer burning<br><a');
});

test('each crossing has a key of its own, the same one each time', () => {
  const keys = [aCrossing(), aCrossing(), aCrossing({ id: 'shop-errors@6' })].map((one) => budgetIntent(one, look).key);
  expect(keys[0]).toBe(keys[1]);
  expect(keys[0]).not.toBe(keys[2]);
});

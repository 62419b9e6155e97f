import { expect, test } from '@jest/globals';
import type { DataFrame } from '@grafana/data';
import { aCorrected, aHistory, aTier } from '../../testing/slo-builders';
import { burnFrame, leftFrame, markFrame } from './history-frames';

const columns = ({ fields }: DataFrame) => Object.fromEntries(fields.map(({ name, values }) => [name, values]));

test('the budget is drawn as it was, and without corrections beside it only where there are some', () => {
  expect(columns(leftFrame(aHistory()))).toEqual({ time: aHistory().timeMs, 'Budget left': [0.3, 0.12] });
  expect(columns(leftFrame(aHistory({ corrections: [aCorrected()] })))).toMatchObject({
    'Without corrections': [0.28, 0.099],
  });
});

test('burn rates are those of the two windows of the tier, with its limit', () => {
  expect(columns(burnFrame(aHistory(), aTier()))).toMatchObject({
    'Over 5m': [null, 16],
    'Over 1h': [1, 22],
    Limit: [14.4, 14.4],
  });
});

test('a window that the history lacks is drawn as unknown, not as calm', () => {
  expect(columns(burnFrame(aHistory({ rates: [] }), aTier()))).toMatchObject({ 'Over 5m': [null, null] });
});

test('corrections and gaps are stretches of time, crossings are points', () => {
  const crossing = {
    ...{ id: 'x', slo: 'a', title: 'Checkout availability', service: 'checkout', atMs: 5 },
    ...({ from: 'none', to: 'fast', rate: 22, left: 0.12 } as const),
  };
  const marks = markFrame(
    aHistory({ corrections: [aCorrected()], gaps: [{ fromMs: 1, toMs: 2 }], crossings: [crossing] }),
  );
  expect(columns(marks)).toMatchObject({
    isRegion: [true, true, false],
    text: ['Taken out: DB upgrade', 'Nobody knows how it was', 'Checkout availability: burning fast, 22x'],
  });
});

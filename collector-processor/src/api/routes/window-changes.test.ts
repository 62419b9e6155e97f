import { afterEach, expect, test } from '@jest/globals';
import { aSeries, NOON } from '../../store/testing/builders.ts';
import type { ScoreHistory } from '../providers.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

const STEP_MS = 10_000;
let api: TestApi;
afterEach(() => api.stop());

/** An hour up to ten minutes after noon. */
function historyOf(id: string, value: (timeMs: number, index: number) => number): ScoreHistory {
  const timeMs = Array.from({ length: 360 }, (_, index) => NOON + (index - 300) * STEP_MS);
  const values = timeMs.map(value);
  const common = {
    stepMs: STEP_MS,
    timeMs,
    value: values,
    score: values,
    expected: values,
    lower: values,
    upper: values,
  };
  return { series: aSeries({ id, service: id }), title: `title of ${id}`, ...common };
}

const wave = (index: number): number => 10 + (index % 7);
const kept = [
  historyOf('steady', (_timeMs, index) => wave(index)),
  historyOf('doubled', (timeMs, index) => wave(index) * (timeMs >= NOON ? 2 : 1)),
  historyOf('calmer', (timeMs, index) => (timeMs >= NOON ? 13 : wave(index))),
  historyOf('silent', () => NaN),
];

const providers = {
  series: () => kept.map(({ series, title }, place) => ({ place, item: { series, title, state: 'scored' as const } })),
  history: (id: string) => kept.find(({ series }) => series.id === id),
};

const window = `from=${NOON}&to=${NOON + 10 * 60_000}`;

async function ask(query: string) {
  const answer = await api.ask(`/api/v1/window-changes?${query}`);
  return (await answer.json()) as { items: { title: string; share: number }[]; compared: number; complete: boolean };
}

test('series that changed in the window are told, by distance; steady ones and those without numbers are not', async () => {
  api = await startApi({ providers });
  const { items, compared, complete } = await ask(window);
  expect(items.map(({ title }) => title)).toEqual(['title of doubled', 'title of calmer']);
  expect([compared, complete]).toEqual([3, true]);
  expect(items[0]?.share).toBeCloseTo(1, 1);
});

test('by volume, of one service, as many as asked', async () => {
  api = await startApi({ providers });
  expect((await ask(`${window}&order=volume&limit=1`)).items.map(({ title }) => title)).toEqual(['title of doubled']);
  expect((await ask(`${window}&order=volume&limit=1`)).complete).toBe(false);
  expect((await ask(`${window}&service=calmer`)).items.map(({ title }) => title)).toEqual(['title of calmer']);
});

test('a window that ends before it starts is refused', async () => {
  api = await startApi({ providers });
  expect((await api.ask(`/api/v1/window-changes?from=${NOON}&to=${NOON - 1}`)).status).toBe(400);
});

import { expect, test } from '@jest/globals';
import { serveReplies } from '../testing/backend';
import { anAnomaly } from '../testing/builders';
import { readStrongest } from './anomalies';

function pages() {
  let turn = 0;
  const items = [['a', 'b'], ['b', 'c'], ['d']].map((ids) => ids.map((id) => anAnomaly({ id })));
  return serveReplies({
    '/anomalies': () => {
      const data = {
        items: items[turn] ?? [],
        total: 9,
        totalIsExact: true,
        nextCursor: turn < 2 ? `page ${++turn}` : undefined,
      };
      return { status: 200, data };
    },
  });
}

test('pages are walked by cursor, and an anomaly that came twice counts once', async () => {
  const asked = pages();
  const { items, total } = await readStrongest({}, 100);
  expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect(total).toBe(9);
  expect(asked.map(({ url }) => new URLSearchParams(url.split('?')[1]).get('cursor'))).toEqual([
    null,
    'page 1',
    'page 2',
  ]);
});

test('walking ends when there are enough', async () => {
  const asked = pages();
  expect((await readStrongest({}, 2)).items).toHaveLength(2);
  expect(asked).toHaveLength(1);
});

import { expect, test } from '@jest/globals';
import { arrange, columnHeight, columnWidth, countColumns, opacityOf } from './arrange';
import { laneEvents, type TimelineEvent } from './timeline-event';

function event(startMs: number, endMs: number, score = 1): TimelineEvent {
  const text = { title: 't', sentence: 's', service: 'checkout', severity: 'minor', open: true } as const;
  return {
    id: `${startMs}-${endMs}-${score}`,
    lane: 'metric',
    startMs,
    peakMs: startMs,
    endMs,
    score,
    direction: 'up',
    ...text,
  };
}
const scale = { fromMs: 0, toMs: 1000, width: 800 };

test('events that do not overlap share one row', () => {
  const arranged = arrange(laneEvents('metric', [event(0, 100), event(200, 300)]), scale);
  expect(arranged).toMatchObject({ kind: 'bars', rows: 1 });
});

test('three rows are bars, a fourth makes columns', () => {
  const three = [event(0, 500), event(10, 500), event(20, 500)];
  expect(arrange(laneEvents('metric', three), scale)).toMatchObject({ kind: 'bars', rows: 3 });
  expect(arrange(laneEvents('metric', [...three, event(30, 500)]), scale).kind).toBe('columns');
});

test('columns turn into bars again only at two rows', () => {
  const three = laneEvents('metric', [event(0, 500), event(10, 500), event(20, 500)]);
  const two = laneEvents('metric', [event(0, 500), event(10, 500)]);
  expect(arrange(three, scale, { before: 'columns' }).kind).toBe('columns');
  expect(arrange(two, scale, { before: 'columns' }).kind).toBe('bars');
});

test('a bar is never narrower than it can be seen', () => {
  const arranged = arrange(laneEvents('metric', [event(500, 500)]), scale);
  expect(arranged).toMatchObject({ bars: [{ width: 6 }] });
});

test('the count of a column is the number of events that overlap its time', () => {
  const events = Array.from({ length: 5000 }, (_unused, i) =>
    event((i * 7919) % 1000, ((i * 7919) % 1000) + (i % 50), i % 6),
  );
  const { counts, highest } = countColumns(laneEvents('metric', events), scale);
  const msPerColumn = (columnWidth / scale.width) * 1000;
  for (let column = 0; column < counts.length; column++) {
    const inside = events.filter(
      ({ startMs, endMs }) =>
        Math.floor(startMs / msPerColumn) <= column &&
        Math.min(counts.length - 1, Math.floor(endMs / msPerColumn)) >= column,
    );
    expect(counts[column]).toBe(inside.length);
    expect(highest[column]).toBe(inside.reduce((most, { score }) => Math.max(most, score), 0));
  }
});

test('events before and after the visible range are not counted', () => {
  const { counts } = countColumns(laneEvents('metric', [event(-500, -1), event(1001, 1200)]), scale);
  expect(counts.every((count) => count === 0)).toBe(true);
});

test('a long event that began before the range is still counted', () => {
  const events = [event(-5000, 100), ...Array.from({ length: 50 }, (_unused, i) => event(-4000 + i, -3990 + i))];
  expect(countColumns(laneEvents('metric', events), scale).counts[0]).toBe(1);
});

test('columns grow with their count and the tallest is 24 px', () => {
  expect(columnHeight(0, 10)).toBe(0);
  expect(columnHeight(10, 10)).toBe(24);
  expect(columnHeight(3, 10)).toBeGreaterThan(columnHeight(1, 10));
});

test.each([
  [1, 0.35],
  [2, 0.6],
  [4, 1],
])('score %d is drawn with opacity %d', (score, opacity) => {
  expect(opacityOf(score)).toBe(opacity);
});

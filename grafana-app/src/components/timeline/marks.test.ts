import { expect, test } from '@jest/globals';
import { arrange, gatherPoints } from './arrange';
import { orderLanes } from './lane';
import { heightOf, markAt, markNearest, marksOf, stretched } from './marks';
import { ticks, within, zoomAround } from './time-scale';
import { laneEvents, type TimelineEvent } from './timeline-event';

const scale = { fromMs: 0, toMs: 1000, width: 1000 };

function event(part: Partial<TimelineEvent>): TimelineEvent {
  return {
    ...{
      id: 'a',
      lane: 'metric',
      startMs: 0,
      peakMs: 0,
      endMs: 0,
      score: 1,
      direction: 'up',
      title: 't',
      sentence: 's',
    },
    ...{ service: 'checkout', severity: 'minor', open: true },
    ...part,
  } as TimelineEvent;
}

function marksFor(lane: string, events: TimelineEvent[]) {
  const sorted = laneEvents(lane, events);
  const arrangement = lane === 'change' ? gatherPoints(sorted, scale) : arrange(sorted, scale);
  return marksOf(sorted, arrangement, { scale, tallest: 1 });
}

test('points nearer than 10 px share a mark that counts them', () => {
  const marks = marksFor(
    'change',
    [0, 9, 20].map((startMs) => event({ lane: 'change', startMs, endMs: startMs })),
  );
  expect(marks.map(({ count }) => count)).toEqual([2, 1]);
  expect(marks[0]).not.toHaveProperty('event');
});

test('a change is told by its shape', () => {
  const marks = marksFor('change', [
    event({ lane: 'change', shape: 'pennant' }),
    event({ lane: 'change', startMs: 500, endMs: 500 }),
  ]);
  expect(marks.map(({ shape }) => shape)).toEqual(['pennant', 'triangle']);
});

test('the bar under the pointer is found by its row', () => {
  const marks = marksFor('metric', [
    event({ id: 'upper', endMs: 500 }),
    event({ id: 'lower', startMs: 10, endMs: 500 }),
  ]);
  expect(markAt(marks, 100, 4)?.event?.id).toBe('upper');
  expect(markAt(marks, 100, 14)?.event?.id).toBe('lower');
  expect(markAt(marks, 800, 4)).toBeUndefined();
});

test('a step to another lane lands near the same time', () => {
  const marks = marksFor('metric', [event({ endMs: 10 }), event({ startMs: 700, endMs: 710 })]);
  expect(markNearest(marks, 600)).toBe(1);
  expect(markNearest([], 600)).toBe(-1);
});

test('asked to draw every event, a lane grows instead of counting', () => {
  const lane = laneEvents(
    'metric',
    Array.from({ length: 9 }, (_unused, id) => event({ id: String(id), endMs: 900 })),
  );
  const single = arrange(lane, scale, { density: 'single' });
  expect(single).toMatchObject({ kind: 'bars', rows: 9 });
  expect(heightOf(single)).toBe(4 + 9 * 8);
  expect(arrange(lane, scale).kind).toBe('columns');
});

test('lanes stand in their order, those of the data last', () => {
  expect(orderLanes(['zebra', 'log', 'state', 'apple', 'log'])).toEqual(['state', 'log', 'apple', 'zebra']);
});

test('a little more than three hours on a phone still has a point of time every hour', () => {
  const hour = 3_600_000;
  const scale = { fromMs: 13.1 * hour, toMs: 16.15 * hour, width: 300 };
  expect(ticks(scale).map((time) => time / hour)).toEqual([14, 15, 16]);
});

test('ticks are round on the clock of the reader', () => {
  const half = { fromMs: 0, toMs: 6 * 3_600_000, width: 270 };
  expect(ticks(half, { offsetMs: 1_800_000 }).every((time) => (time + 1_800_000) % 3_600_000 === 0)).toBe(true);
});

test('a zoom keeps the time under the pointer, stops at three buckets, and stays within the whole', () => {
  const zoomed = zoomAround({ fromMs: 0, toMs: 1000 }, 250, { factor: 0.5, smallestMs: 30 });
  expect(zoomed).toEqual({ fromMs: 125, toMs: 625 });
  expect(zoomAround(zoomed, 250, { factor: 0.001, smallestMs: 30 })).toMatchObject({ toMs: expect.closeTo(272.5) });
  expect(within({ fromMs: -100, toMs: 100 }, { fromMs: 0, toMs: 1000 })).toEqual({ fromMs: 0, toMs: 200 });
  expect(within({ fromMs: -100, toMs: 2000 }, { fromMs: 0, toMs: 1000 })).toBeUndefined();
});

test('in a higher lane bars grow, and points stay in the middle at their size', () => {
  const [bar] = marksFor('metric', [event({ startMs: 100, endMs: 300 })]);
  const [point] = marksFor('change', [event({ lane: 'change', startMs: 500, endMs: 500, shape: 'triangle' })]);
  if (bar === undefined || point === undefined) {
    throw new Error('There are no marks.');
  }
  expect(stretched(bar, 2)).toMatchObject({ x: bar.x, width: bar.width, y: bar.y * 2, height: bar.height * 2 });
  expect(stretched(point, 2)).toMatchObject({ height: point.height, y: 28 - point.height / 2 });
});

import { expect, test } from '@jest/globals';
import { createDataFrame, FieldType } from '@grafana/data';
import { fromFrames } from './from-frames';

const time = { name: 'time', type: FieldType.time, values: [1000, 2000] };
const title = { name: 'title', type: FieldType.string, values: ['Errors', 'Slow'] };

test('a row is an event; what is missing has a default', () => {
  const result = fromFrames([createDataFrame({ refId: 'A', fields: [time, title] })]);
  expect(result).toMatchObject({
    kind: 'events',
    events: [{ id: 'A-0', lane: 'metric', startMs: 1000, endMs: 1000, title: 'Errors', score: 0, severity: '' }, {}],
  });
});

test('documented fields are used and others are shown', () => {
  const fields = [
    { name: 'Time', type: FieldType.time, values: [1000] },
    { name: 'title', type: FieldType.string, values: ['Errors'] },
    { name: 'timeEnd', type: FieldType.time, values: [5000] },
    { name: 'lane', type: FieldType.string, values: ['canary'] },
    { name: 'severity', type: FieldType.string, values: ['major'] },
    { name: 'status', type: FieldType.string, values: ['open'] },
    { name: 'score', type: FieldType.number, values: [3] },
    { name: 'region', type: FieldType.string, values: ['eu'] },
  ];
  expect(fromFrames([createDataFrame({ fields })])).toMatchObject({
    events: [{ lane: 'canary', endMs: 5000, severity: 'major', open: true, score: 3, fields: [['region', 'eu']] }],
  });
});

test('only addresses inside this Grafana are followed', () => {
  const url = {
    name: 'url',
    type: FieldType.string,
    values: ['//evil.example', 'javascript:alert(1)', '/d/abc', '/\\evil'],
  };
  const times = { ...time, values: [1, 2, 3, 4] };
  const titles = { ...title, values: ['a', 'b', 'c', 'd'] };
  const result = fromFrames([createDataFrame({ fields: [times, titles, url] })]);
  expect(result.kind === 'events' && result.events.map((event) => event.url)).toEqual([
    undefined,
    undefined,
    '/d/abc',
    undefined,
  ]);
});

test('a frame that does not fit is named by what it has', () => {
  const value = { name: 'Value', type: FieldType.number, values: [1, 2] };
  const frame = createDataFrame({ fields: [{ ...time, name: 'Time' }, value] });
  expect(fromFrames([frame])).toEqual({ kind: 'unfit', returned: ['Time', 'Value'] });
});

test('a query without result is empty, not unfit', () => {
  expect(fromFrames([createDataFrame({ fields: [] })])).toEqual({ kind: 'events', events: [] });
});

test('rows without a time or a title are left out', () => {
  const frame = createDataFrame({
    fields: [
      { ...time, values: [null, 2000] },
      { ...title, values: ['a', ''] },
    ],
  });
  expect(fromFrames([frame])).toEqual({ kind: 'events', events: [] });
});

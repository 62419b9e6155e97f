import { describe, expect, test } from '@jest/globals';
import type { MatrixRow } from '../../model/metrics-query.ts';
import type { PlacedObjective } from '../../model/slo.ts';
import { readSloFiles } from '../files/read-slo-files.ts';
import { questionOf } from './question.ts';
import { readAnswer } from './read-answer.ts';

const minute = 60_000;
const at = Date.parse('2026-03-20T12:00:00Z');

function objectiveOf(indicator: string): PlacedObjective {
  const text = `version: sentinel/v1\nslos: [{ name: a, service: shop, objective: 99, indicator: ${indicator} }]\n`;
  const { objectives, problems } = readSloFiles([{ name: 'slos.yaml', text }]);
  expect(problems).toEqual([]);
  return objectives[0]!;
}

const ratio = objectiveOf(
  '{ ratio: { bad: sum by (region) (errors_total), total: sum by (region) (requests_total) } }',
);
const slices = (slice: string) =>
  objectiveOf(`{ threshold: { query: max(queue), is: "<=", value: 100, slice: ${slice} } }`);

/** Values of a row, minute by minute from noon on. */
function row(labels: Record<string, string>, ...values: readonly (number | undefined)[]): MatrixRow {
  const known = values.flatMap((value, index) => (value === undefined ? [] : [{ timeMs: at + index * minute, value }]));
  return { labels, values: known };
}

describe('the question', () => {
  test('asks for all events and bad ones at once, over the time between two questions', () => {
    const { query, stepMs } = questionOf(ratio, 2 * minute)!;
    expect(stepMs).toBe(2 * minute);
    expect(query).toContain('increase(requests_total[120s])');
    expect(query).toContain('"slo_part", "bad"');
  });

  test('is none for requests, and one value a slice for slices, of whole minutes or within one', () => {
    expect(questionOf(objectiveOf('{ requests: {} }'), minute)).toBeUndefined();
    const steps = ['30s', '45s', '1m', '90s', '5m'].map((slice) => questionOf(slices(slice), minute)?.stepMs);
    expect(steps).toEqual([30_000, minute, minute, 2 * minute, 5 * minute]);
  });
});

describe('the answer', () => {
  const question = questionOf(ratio, minute)!;

  test('is counted by group and minute; a value tells of the minute before it', () => {
    const groups = readAnswer(
      [
        row({ region: 'eu', slo_part: 'total' }, 100, 50),
        row({ region: 'eu', slo_part: 'bad' }, 1, 0),
        row({ region: 'us', slo_part: 'total' }, 10),
      ],
      question,
    );
    expect(groups.map(({ group, minutes }) => [group, [...minutes]])).toEqual([
      [
        { region: 'eu' },
        [
          [at - minute, { total: 100, bad: 1 }],
          [at, { total: 50, bad: 0 }],
        ],
      ],
      [{ region: 'us' }, [[at - minute, { total: 10, bad: 0 }]]],
    ]);
  });

  test('says nothing of minutes without a value for all events, whatever bad ones say', () => {
    const [group] = readAnswer(
      [
        row({ slo_part: 'total' }, 5, undefined, 7),
        row({ slo_part: 'bad' }, 0, 3, 1),
        row({ slo_part: 'bad', region: 'eu' }, 3),
      ],
      question,
    );
    expect([...group!.minutes.keys()]).toEqual([at - minute, at + minute]);
  });

  test('of a longer step is spread over its minutes', () => {
    const five = questionOf(ratio, 5 * minute)!;
    const [group] = readAnswer([row({ slo_part: 'total' }, 50), row({ slo_part: 'bad' }, 5)], five);
    expect(group!.minutes.size).toBe(5);
    expect(new Set(group!.minutes.values())).toEqual(new Set(Array.from({ length: 5 }, () => ({ total: 10, bad: 1 }))));
  });

  test('that is a share makes each minute one event', () => {
    const share = { kind: 'share', query: 'x', stepMs: minute } as const;
    const [group] = readAnswer([row({}, 0.25, 3, -1)], share);
    expect([...group!.minutes.values()].map(({ total, bad }) => [total, bad])).toEqual([
      [1, 0.25],
      [1, 1],
      [1, 0],
    ]);
  });

  test('of slices makes each one an event: several a minute, or one of several minutes', () => {
    const halves = { kind: 'slices', query: 'x', stepMs: minute / 2 } as const;
    const values = [0, 1, 1].map((value, index) => ({ timeMs: at + (index * minute) / 2, value }));
    const [short] = readAnswer([{ labels: {}, values }], halves);
    expect([...short!.minutes]).toEqual([
      [at - minute, { total: 1, bad: 0 }],
      [at, { total: 2, bad: 2 }],
    ]);
    const [long] = readAnswer([row({}, 1)], { ...halves, stepMs: 2 * minute });
    expect([...long!.minutes]).toEqual([
      [at - minute, { total: 1, bad: 1 }],
      [at - 2 * minute, { total: 0, bad: 0 }],
    ]);
  });
});

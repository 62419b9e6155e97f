import { describe, expect, test } from '@jest/globals';
import { readPoints } from '../testing/read-points.ts';
import { ByteSource } from './byte-source.ts';
import { csvRequests } from './csv.ts';

async function read(text: string) {
  const chunks = (async function* () {
    yield await Promise.resolve(Buffer.from(text));
  })();
  const source = new ByteSource(chunks, { limit: 1000, name: 'cpu.csv' });
  const points = await readPoints(csvRequests(source, { metric: 'cpu', service: 'csv' }));
  return points.map(({ service, metric, labels, timeMs, value }) => [service, metric, labels, timeMs, value]);
}

const NOON = Date.UTC(2026, 2, 3, 12);

describe('rows of a CSV become gauges', () => {
  test('with times in seconds, milliseconds, nanoseconds or as text', async () => {
    const times = [NOON / 1000, NOON, `${NOON}000000`, '2026-03-03 12:00:00', '2026-03-03T13:00:00+01:00'];
    const rows = await read(`timestamp,value\n${times.map((time) => `${time},1.5\n`).join('')}`);
    expect(rows).toEqual(times.map(() => ['csv', 'cpu', '', NOON, 1.5]));
  });

  test('other columns are labels, but metric and service name these; quotes and empty cells are understood', async () => {
    const text = `Value,time,metric,service,"host, rack"\r\n2,${NOON},load,shop,"a, ""b"""\r\n3,${NOON},,,\r\n`;
    expect(await read(text)).toEqual([
      ['shop', 'load', 'host, rack=a, "b"', NOON, 2],
      ['csv', 'cpu', '', NOON, 3],
    ]);
  });

  test('a row without a value is no point', async () => {
    expect(await read(`timestamp,value\n${NOON},\n\n${NOON},NaN\n`)).toEqual([]);
  });
});

test.each([
  ['without a header', `${NOON},1\n`, 'names its columns'],
  ['with a time that is none', 'timestamp,value\nyesterday,1\n', '"yesterday" in the line before it is no time'],
  ['with a value that is none', `timestamp,value\n${NOON},high\n`, '"high" in the line before it is no number'],
])('a file %s is refused with the place', async (_name, text, reason) => {
  await expect(read(text)).rejects.toMatchObject({ message: expect.stringContaining(reason) });
  await expect(read(text)).rejects.toMatchObject({ message: expect.stringContaining('cpu.csv, at byte ') });
});

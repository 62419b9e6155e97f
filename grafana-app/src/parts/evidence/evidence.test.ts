import { expect, test } from '@jest/globals';
import { anAnomaly } from '../../testing/builders';
import { logsAround, publishedSeries, tracesAround } from '../../grafana/evidence-queries';
import { seriesFrame } from './series-frame';

const { series } = anAnomaly();

test('the frame holds line, band and score, gaps as gaps', () => {
  const frame = seriesFrame({
    series,
    title: 'error ratio of checkout',
    stepMs: 10_000,
    timeMs: [1_760_000_000_000, 1_760_000_010_000],
    value: [0.01, null],
    expected: [0.01, 0.01],
    lower: [0, 0],
    upper: [0.02, null],
    score: [0, 8.3],
  });
  expect(frame.length).toBe(2);
  expect(frame.fields.map(({ name, values }) => [name, values])).toEqual([
    ['time', [1_760_000_000_000, 1_760_000_010_000]],
    ['Score', [0, 8.3]],
    ['Expected, lower end', [0, 0]],
    ['Expected, upper end', [0.02, null]],
    ['Expected', [0.01, 0.01]],
    ['Observed', [0.01, null]],
  ]);
  const [, score, lower, upper, , observed] = frame.fields.map(({ config }) => config);
  expect(observed?.unit).toBe('percentunit');
  expect(upper?.custom).toMatchObject({ fillBelowTo: lower?.displayName });
  expect(score?.custom).toMatchObject({ axisPlacement: 'right' });
  expect(score?.max).toBe(16.6);
});

test('what the stores are asked for cannot be broken out of by a name', () => {
  const anomaly = anAnomaly({ series: { ...series, service: 'a"} or vector(1) #' } });
  expect(logsAround(anomaly)).toBe('{service_name="a\\"} or vector(1) #"}');
  expect(tracesAround(anomaly)).toBe('{ resource.service.name="a\\"} or vector(1) #" && status=error }');
});

test('published scores are asked for by the series, failed traces only where failures are odd', () => {
  expect(publishedSeries(series.id).map(({ expr }) => expr)).toContain('anomaly_score{series_id="00000000000000a1"}');
  expect(tracesAround(anAnomaly({ series: { ...series, measure: 'p95' } }))).toBe(
    '{ resource.service.name="checkout" }',
  );
});

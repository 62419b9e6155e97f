import { createMetricBody } from '../otlp/metric-body.ts';
import { createPipeline } from '../pipeline.ts';
import { countFalse, type QuietResult } from '../quiet.ts';
import { RivalWatch } from '../rivals/watch.ts';
import { MINUTE_MS } from '../series/season.ts';
import type { Sighting } from '../sighting.ts';
import { type RecordedSeries, recordedFromMs } from './quiet-series.ts';

export interface RecordedResult {
  readonly product: QuietResult;
  readonly sightings: readonly Sighting[];
  /** The rivals at their usual border. */
  readonly rivals: Readonly<Record<string, QuietResult>>;
}

const DELAY_MS = 400;

/** False findings on stretches in which nothing is labelled. Every series is a gauge of a service of its own. */
export function watchRecorded(all: readonly RecordedSeries[]): RecordedResult {
  const pipeline = createPipeline(recordedFromMs);
  const rivals = new RivalWatch();
  const lanes = all.map((series) => ({ series, row: 0, body: bodyOf(series) }));
  const endMs = Math.max(...all.map(({ timesMs }) => timesMs.at(-1) ?? 0));
  for (let minute = recordedFromMs; minute <= endMs; minute += MINUTE_MS) {
    for (const lane of lanes) {
      const { series, body } = lane;
      for (; (series.timesMs[lane.row] ?? Infinity) < minute + MINUTE_MS; lane.row++) {
        const timeMs = series.timesMs[lane.row] as number;
        const value = series.values[lane.row] as number;
        body.times(timeMs, 0);
        body.value(0, value);
        pipeline.moveTo(timeMs + DELAY_MS);
        pipeline.take('metrics', body.bytes);
        const place = { service: series.name, where: 'recorded', form: 'gauge', timeMs } as const;
        rivals.value(place, 'value', value, series.stepMs);
      }
    }
  }
  const byName = new Map(all.map((series) => [series.name, series]));
  const days = all.reduce((sum, { quietDays }) => sum + quietDays, 0);
  // Where the recording has a gap, or its end, a silence is no false alarm.
  const falseOnes = (told: readonly Sighting[]): Sighting[] =>
    told.filter(({ service, where, measure, raisedMs }) => {
      return where !== '' && measure === 'value' && byName.get(service)?.isLabelled(raisedMs) === false;
    });
  const usual = rivals.results().filter(({ border }) => border === 1);
  const sightings = falseOnes(pipeline.sightings());
  return {
    ...{ product: countFalse(sightings, days), sightings },
    rivals: Object.fromEntries(usual.map(({ name, sightings: told }) => [name, countFalse(falseOnes(told), days)])),
  };
}

function bodyOf({ name }: RecordedSeries) {
  const stream = { metric: 'recorded', form: 'gauge', unit: '1', attributes: {} } as const;
  return createMetricBody({ 'service.name': name }, [stream]);
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPipeline } from '../../bench/faults/pipeline.ts';
import { gauge } from '../../src/testing/telemetry-builder-items.ts';
import { metricsBytes } from '../../src/testing/telemetry-builder.ts';
import { fileScore, type ScoreFiles } from './file-score.ts';

const directory = join(import.meta.dirname, 'data', 'rootcausebench');
const MINUTE_MS = 60_000;
/** How long before the alert the fault may have begun to show. */
const BEFORE_MS = 20 * MINUTE_MS;
const COST = 20;

interface Row {
  readonly timeMs: number;
  readonly service: string;
  readonly metric: string;
  readonly value: number;
}

/** Incidents of RootCauseBench: the service that failed first has to be found by the end, and nothing long before the alert. */
export const scoreIncidents: ScoreFiles = (changes = {}) =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const rows = readRows(join(directory, name, 'metrics.csv'));
      const { fired_at: firedAt } = readJson(join(directory, name, 'alert.json')) as { fired_at: string };
      const truth = readJson(join(directory, name, 'ground_truth.json')) as { first_failing_service: string };
      const fromMs = Date.parse(firedAt) - BEFORE_MS;
      const pipeline = createPipeline(rows[0]?.timeMs ?? 0, changes);
      for (const [timeMs, same] of Map.groupBy(rows, (row) => row.timeMs)) {
        pipeline.moveTo(timeMs + 1);
        for (const [service, points] of Map.groupBy(same, (row) => row.service)) {
          const metrics = points.map(({ metric, value }) => gauge(metric, [{ value, timeMs }]));
          pipeline.take('metrics', metricsBytes(metrics, { resource: { 'service.name': service } }));
        }
      }
      pipeline.moveTo((rows.at(-1)?.timeMs ?? 0) + MINUTE_MS);
      const sightings = pipeline.sightings();
      const isFound = sightings.some(
        ({ service, raisedMs }) => service === truth.first_failing_service && raisedMs >= fromMs,
      );
      const early = sightings.filter(({ raisedMs }) => raisedMs < fromMs).length;
      return fileScore(name, (isFound ? 100 : 0) - COST * early);
    });

function readRows(path: string): Row[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(1);
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [time = '', service = '', metric = '', value = ''] = line.split(',');
      return { timeMs: Date.parse(time), service, metric, value: Number(value) };
    })
    .toSorted((a, b) => a.timeMs - b.timeMs);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

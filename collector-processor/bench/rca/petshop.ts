import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseCall, CaseSeries, CauseCase } from '../../src/correlate/causes/cause-case.ts';
import { numberOf, rowsOfCsv } from './csv.ts';

export interface PetShopCase {
  readonly name: string;
  readonly culprit: string;
  readonly facts: CauseCase;
}

interface Target {
  readonly target: { readonly node: string; readonly metric: string; readonly agg: string; readonly timestamp: number };
  readonly root_cause: { readonly node: string };
}

/** One column: service, metric and statistic stand in three header lines. */
interface Column {
  readonly service: string;
  readonly metric: string;
  readonly statistic: string;
  readonly values: readonly number[];
}

interface Table {
  readonly timesMs: readonly number[];
  readonly columns: readonly Column[];
}

const STEP_MS = 300_000;

/** Issues below `<system>/train`, and the calls and the quiet time of their system. */
export function* readPetShop(directory: string): Generator<PetShopCase> {
  for (const system of systemsOf(directory)) {
    const usual = readTable(quietOf(directory, system));
    const calls = readCalls(join(directory, system, 'graph.csv'));
    for (const issue of readdirSync(join(directory, system, 'train')).sort()) {
      const folder = join(directory, system, 'train', issue);
      const { target, root_cause } = JSON.parse(readFileSync(join(folder, 'target.json'), 'utf8')) as Target;
      const table = readTable(join(folder, 'metrics.csv'));
      const facts = caseOf(target, calls, usual, table);
      yield { name: `${system}/${issue}`, culprit: root_cause.node, facts };
    }
  }
}

/** The second half of the quiet time against the first, as if each service had raised an alarm in each of its steps. */
export function* readQuiet(directory: string): Generator<CauseCase> {
  for (const system of systemsOf(directory)) {
    const path = join(directory, system, 'noissue', 'metrics.csv');
    if (!existsSync(path)) continue;
    const { timesMs, columns } = readTable(path);
    const middle = timesMs.length >> 1;
    const half = (from: number, to: number): Table => ({
      timesMs: timesMs.slice(from, to),
      columns: columns.map((column) => ({ ...column, values: column.values.slice(from, to) })),
    });
    const [usual, now] = [half(0, middle), half(middle, timesMs.length)];
    const calls = readCalls(join(directory, system, 'graph.csv'));
    for (const metric of ['latency', 'availability']) {
      for (let start = 0; start + 5 <= now.timesMs.length; start += 5) {
        const window = {
          timesMs: now.timesMs.slice(start, start + 5),
          columns: now.columns.map((column) => ({ ...column, values: column.values.slice(start, start + 5) })),
        };
        const timestamp = (window.timesMs.at(-1) ?? 0) / 1000;
        yield caseOf({ node: 'PetSite', metric, agg: 'Average', timestamp }, calls, usual, window);
      }
    }
  }
}

function caseOf(target: Target['target'], calls: readonly CaseCall[], usual: Table, now: Table): CauseCase {
  const wanted = now.columns.filter(
    ({ metric, statistic }) =>
      metric !== 'latency' || statistic === (target.metric === 'latency' ? target.agg : 'Average'),
  );
  const series = wanted.map((column) => seriesOf(column, now.timesMs, usual));
  const seriesId = `${target.node} ${target.metric}`;
  const alarm = { service: target.node, seriesId, atMs: Math.floor((target.timestamp * 1000) / STEP_MS) * STEP_MS };
  return { version: 1, alarm, series, calls, logs: [], changes: [] };
}

function seriesOf(
  { service, metric, statistic, values }: Column,
  timesMs: readonly number[],
  usual: Table,
): CaseSeries {
  const before = usual.columns.find(
    (column) => column.service === service && column.metric === metric && column.statistic === statistic,
  );
  // Availability is a share of successes in percent.
  const read = (value: number): number => (metric === 'availability' ? 100 - value : value);
  const known = values.flatMap((value, index) => (Number.isNaN(value) ? [] : [{ timeMs: timesMs[index] ?? 0, value }]));
  const [measure, unit] =
    metric === 'availability'
      ? (['errors', '%'] as const)
      : metric === 'latency'
        ? (['latency', 's'] as const)
        : (['requests', ''] as const);
  return {
    id: `${service} ${metric}`,
    service,
    name: metric,
    title: `${metric} of ${service}`,
    measure,
    unit,
    usual: (before?.values ?? []).filter((value) => !Number.isNaN(value)).map(read),
    timesMs: known.map(({ timeMs }) => timeMs),
    values: known.map(({ value }) => read(value)),
  };
}

function readTable(path: string): Table {
  const [services = [], metrics = [], statistics = [], , ...rows] = rowsOfCsv(readFileSync(path, 'utf8'));
  return {
    timesMs: rows.map(([time]) => numberOf(time) * 1000),
    columns: services.slice(1).map((service, index) => ({
      service,
      metric: metrics[index + 1] ?? '',
      statistic: statistics[index + 1] ?? '',
      values: rows.map((row) => numberOf(row[index + 1])),
    })),
  };
}

function readCalls(path: string): readonly CaseCall[] {
  const [[, ...names] = [], ...rows] = rowsOfCsv(readFileSync(path, 'utf8'));
  return rows.flatMap(([from = '', ...marks]) =>
    names.flatMap((to, index) => (numberOf(marks[index]) > 0 ? [{ from, to, remote: to.endsWith('_remote') }] : [])),
  );
}

function systemsOf(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, 'train')))
    .sort();
}

/** Two systems have no quiet time of their own; that of the low traffic is theirs. */
function quietOf(directory: string, system: string): string {
  const own = join(directory, system, 'noissue', 'metrics.csv');
  return existsSync(own) ? own : join(directory, 'low_traffic', 'noissue', 'metrics.csv');
}

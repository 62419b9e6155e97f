import { medianOf } from '../../model/order-statistics.ts';
import { agreedSeries } from './agreed-series.ts';
import { CallGraph } from './call-graph.ts';
import type { CaseSeries, CauseCase, Measure } from './cause-case.ts';
import { withDemand } from './demand.ts';
import { type Deviation, deviationOf } from './deviation.ts';
import { evidenceOf, type ServiceEvidence } from './evidence.ts';
import { speaksOfOthers } from './log-evidence.ts';
import { type Rows, rowsOf } from './rows.ts';
import { sumOf } from './sum-of.ts';

/** A case as all steps of the ranking look at it. */
export interface Situation {
  readonly facts: CauseCase;
  readonly rows: Rows;
  readonly graph: CallGraph;
  readonly evidence: ReadonlyMap<string, ServiceEvidence>;
  readonly alarmed: CaseSeries | undefined;
}

export function lookAt(given: CauseCase): Situation {
  const rows = rowsOf(given);
  const facts = { ...given, series: agreedSeries(given.series, rows) };
  const graph = new CallGraph(facts.calls, facts.logs);
  return {
    facts,
    rows,
    graph,
    evidence: withDemand(evidenceOf(facts, rows), graph),
    alarmed: facts.series.find(({ id }) => id === facts.alarm.seriesId),
  };
}

/** A series of a service and how far it is from usual. */
export function measured({ facts, rows }: Situation, service: string, measure: Measure): Deviation | undefined {
  const series = facts.series.find((one) => one.service === service && one.measure === measure);
  return series && deviationOf(series, rows);
}

/** Requests of a service in a step of the incident; 0 where they are not known. */
export function callsOf({ facts, rows }: Situation, service: string): number {
  const requests = facts.series.find((one) => one.service === service && one.measure === 'requests');
  return medianOf(requests?.values.filter((_, index) => rows.has(requests.timesMs[index] ?? NaN)) ?? []) || 0;
}

export interface ErrorLines {
  readonly count: number;
  readonly names: readonly string[];
  /** Somebody else is meant, though it is not said who. */
  readonly isVague: boolean;
  readonly item: string;
  readonly outside: string;
}

/** What a service wrote as errors while the incident lasted, by kind of line, and how much in all. */
export function errorLines({ facts, rows }: Situation, service: string) {
  const kinds = facts.logs
    .filter((log) => log.service === service && log.severity === 'error')
    .map(({ names, text, item, outside, timesMs }): ErrorLines => {
      const count = timesMs.filter((timeMs) => timeMs >= rows.fromMs && timeMs <= rows.toMs).length;
      return { names, isVague: names.length === 0 && speaksOfOthers(text), item, outside, count };
    });
  return { kinds, all: sumOf(kinds.map(({ count }) => count)) };
}

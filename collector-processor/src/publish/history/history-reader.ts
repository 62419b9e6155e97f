import type { HistoryOutcome, HistoryRequest, ReadHistory } from '../../model/history.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { readCapped } from '../read-capped.ts';
import { metricsQuery } from './metrics-query.ts';

export interface HistoryReaderOptions {
  /** Where `/api/v1/query_range` is. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: number;
  /** Of one answer. */
  readonly maxBytes: number;
}

export interface HistoryReaderParts {
  readonly options: HistoryReaderOptions;
  readonly tenantHeaders: (tenant: string) => Readonly<Record<string, string>>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly metrics: SelfMetrics;
}

const none: HistoryOutcome = { kind: 'none' };

/** Reads the past of single series from VictoriaMetrics. Expected outcomes are values; nothing is thrown. */
export function createHistoryReader({ options, tenantHeaders, fetch, metrics }: HistoryReaderParts): ReadHistory {
  const count = (outcome: HistoryOutcome['kind']) =>
    metrics.counter({
      name: 'sentinel_history_reads_total',
      help: 'Queries for the past of a series, by outcome.',
      labels: { outcome },
    });
  const counts = { values: count('values'), none: count('none'), failed: count('failed') };
  const bytes = metrics.counter({ name: 'sentinel_history_bytes_total', help: 'Bytes of their answers.' });

  async function ask(request: HistoryRequest, query: string, signal: AbortSignal): Promise<HistoryOutcome> {
    const { fromMs, toMs, stepMs, series } = request;
    const body = new URLSearchParams({
      ...{ query, start: String(fromMs / 1000), end: String(toMs / 1000), step: `${stepMs / 1000}s` },
      // Otherwise times are moved to whole steps of the store, and its cache is filled with what nobody asks for again.
      nocache: '1',
    });
    const response = await fetch(`${options.endpoint}/api/v1/query_range`, {
      method: 'POST',
      body,
      headers: { ...options.headers, ...tenantHeaders(series.tenant) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(options.timeout)]),
    });
    const text = await readCapped(response, options.maxBytes);
    if (text === undefined) return { kind: 'failed', reason: `the answer is longer than ${options.maxBytes} bytes` };
    bytes.add(text.length);
    if (!response.ok) return { kind: 'failed', reason: `it answered ${response.status}: ${text.slice(0, 200)}` };
    return parseMatrix(JSON.parse(text));
  }

  return async (request, signal) => {
    const query = metricsQuery(request);
    let outcome = none;
    try {
      if (query !== undefined) outcome = await ask(request, query, signal);
    } catch (error) {
      outcome = { kind: 'failed', reason: messageOf(error) };
    }
    counts[outcome.kind].add(1);
    return outcome;
  };
}

/** The one row of a matrix; what is no such thing is a failure. */
function parseMatrix(answer: unknown): HistoryOutcome {
  const result = field(field(answer, 'data'), 'result');
  if (!Array.isArray(result)) return { kind: 'failed', reason: 'it answered something that is no matrix' };
  const values = field(result[0], 'values');
  if (!Array.isArray(values)) return none;
  const pairs = values.flatMap((pair: unknown) => {
    const [time, value] = Array.isArray(pair) ? pair.map(Number) : [];
    return time === undefined || value === undefined || !Number.isFinite(value) ? [] : [{ time, value }];
  });
  if (pairs.length === 0) return none;
  const timeMs = Float64Array.from(pairs, ({ time }) => time * 1000);
  return { kind: 'values', timeMs, value: Float64Array.from(pairs, ({ value }) => value) };
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && name in of ? (of as Record<string, unknown>)[name] : undefined;
}

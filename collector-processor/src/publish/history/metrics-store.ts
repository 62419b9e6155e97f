import type { MatrixRange, MatrixRow } from '../../model/metrics-query.ts';
import { messageOf } from '../../runtime/errors.ts';
import { AnswerTooLong, readCapped, readLines } from '../../runtime/read-capped.ts';
import type { Counter } from '../../runtime/self-metrics.ts';
import type { StoreAddress } from './store-address.ts';

export interface MetricsStoreOptions extends StoreAddress {
  /** Longest time for one question and its answer, milliseconds. */
  readonly timeout: number;
  /** Of one answer. */
  readonly maxBytes: number;
}

export interface MetricsStoreParts {
  readonly options: MetricsStoreOptions;
  readonly tenantHeaders: (tenant: string) => Readonly<Record<string, string>>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Of answers that were read whole. */
  readonly bytes?: Pick<Counter, 'add'>;
}

export interface StoredRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Who asks, and until when the answer is of use. */
interface Asking {
  readonly tenant: string;
  readonly signal?: AbortSignal;
}

export interface StoredValue {
  readonly timeMs: number;
  readonly value: number;
}

/** A series with its samples as they were stored, oldest first, without those that are no number. */
export interface ExportedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly StoredValue[];
}

/** Reads from VictoriaMetrics: the one way for all that asks for the past. What goes wrong is thrown, with the reason as its message. */
export interface MetricsStore {
  /** The one row of a query at whole steps; both ends are part of it. */
  steps(query: string, range: StoredRange & { readonly stepMs: number }, asking: Asking): Promise<StoredValue[]>;
  /** All rows of a query at whole steps; both ends are part of the range. Throws AnswerTooLong. */
  matrix(query: string, range: MatrixRange, asking: Asking): Promise<MatrixRow[]>;
  /** Series of any of the selectors, as the answer comes; both ends are part of the range. */
  exported(match: readonly string[], range: StoredRange, asking: Asking): AsyncGenerator<ExportedSeries>;
}

const ASKED_CHARACTERS = 200;

export function createMetricsStore({ options, tenantHeaders, fetch, bytes }: MetricsStoreParts): MetricsStore {
  const { endpoint, headers, timeout, maxBytes } = options;

  async function ask(path: string, body: URLSearchParams, { tenant, signal }: Asking): Promise<Response> {
    const signals = [AbortSignal.timeout(timeout), ...(signal === undefined ? [] : [signal])];
    const request = { method: 'POST', body, headers: { ...headers, ...tenantHeaders(tenant) } };
    const response = await fetch(`${endpoint}/api/v1/${path}`, { ...request, signal: AbortSignal.any(signals) }).catch(
      (error: unknown) => {
        throw new Error(`it does not answer: ${reasonOf(error)}`, { cause: error });
      },
    );
    if (response.ok) return response;
    const text = await readCapped(response, maxBytes);
    throw new Error(`it answered ${response.status}: ${(text ?? '').slice(0, ASKED_CHARACTERS)}`);
  }

  async function matrix(query: string, { stepMs, ...range }: MatrixRange, asking: Asking): Promise<MatrixRow[]> {
    // Otherwise times are moved to whole steps of the store, and its cache is filled with what nobody asks for again.
    const body = new URLSearchParams({ query, ...secondsOf(range), step: `${stepMs / 1000}s`, nocache: '1' });
    const text = await readCapped(await ask('query_range', body, asking), maxBytes);
    if (text === undefined) throw new AnswerTooLong(maxBytes);
    bytes?.add(text.length);
    return parseMatrix(JSON.parse(text));
  }

  return {
    async steps(query, range, asking) {
      const [first] = await matrix(query, range, asking);
      return first === undefined ? [] : [...first.values];
    },
    matrix,
    async *exported(match, range, asking) {
      const body = new URLSearchParams(secondsOf(range));
      for (const selector of match) body.append('match[]', selector);
      const response = await ask('export', body, asking);
      for await (const line of readLines(response, maxBytes)) {
        bytes?.add(line.length + 1);
        yield parseExported(JSON.parse(line));
      }
    },
  };
}

/** What lies behind "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = field(error, 'cause');
  return messageOf(field(cause, 'message') === undefined ? error : cause);
}

function secondsOf({ fromMs, toMs }: StoredRange): { start: string; end: string } {
  return { start: String(fromMs / 1000), end: String(toMs / 1000) };
}

function parseMatrix(answer: unknown): MatrixRow[] {
  const result = field(field(answer, 'data'), 'result');
  if (!Array.isArray(result)) throw new Error('it answered something that is no matrix');
  return result.map((row: unknown) => {
    const values = field(row, 'values');
    return { labels: labelsOf(field(row, 'metric')), values: Array.isArray(values) ? values.flatMap(pairOf) : [] };
  });
}

function pairOf(pair: unknown): StoredValue[] {
  const [time, value] = Array.isArray(pair) ? pair.map(Number) : [];
  return time === undefined ? [] : finite(time * 1000, value);
}

function labelsOf(metric: unknown): Record<string, string> {
  const entries = typeof metric === 'object' && metric !== null ? Object.entries(metric) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** One line of an export; a value that is no finite number is written as text or null there. */
function parseExported(line: unknown): ExportedSeries {
  const [metric, values, times] = ['metric', 'values', 'timestamps'].map((name) => field(line, name));
  const isSeries = typeof metric === 'object' && metric !== null && Array.isArray(values) && Array.isArray(times);
  if (!isSeries) throw new Error('it answered something that is no export');
  return { labels: labelsOf(metric), samples: times.flatMap((time: unknown, at) => finite(time, values[at])) };
}

function finite(timeMs: unknown, value: unknown): StoredValue[] {
  if (typeof timeMs !== 'number' || typeof value !== 'number') return [];
  return Number.isFinite(timeMs) && Number.isFinite(value) ? [{ timeMs, value }] : [];
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && name in of ? (of as Record<string, unknown>)[name] : undefined;
}

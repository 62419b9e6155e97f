import { Readable } from 'node:stream';
import { messageOf, SentinelError } from '../../../runtime/errors.ts';
import type { Telemetry } from '../telemetry.ts';
import { ByteSource } from './byte-source.ts';
import { metricRequest, type Sample } from './metric-request.ts';

export interface ExportQuery {
  /** Base address of VictoriaMetrics. */
  readonly url: string;
  /** Series selectors. */
  readonly match: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Asked for at once: the store answers series by series, and they are put in the order of time. */
  readonly sliceMs: number;
  /** Of one slice. */
  readonly maxSamples: number;
  readonly maxMessage: number;
  readonly fetch: typeof globalThis.fetch;
}

/** What `/api/v1/export` writes, one series a line. */
interface ExportedSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (number | string | null)[];
  readonly timestamps: readonly number[];
}

const MAX_SAMPLES_PER_REQUEST = 1_000;
/** Names of counters by Prometheus' habits: an export says nothing of kinds. */
const counterName = /(?:_total|_count|_sum|_bucket)$/;
const serviceLabels = ['service.name', 'service_name', 'service', 'job'] as const;

/** A range of a metrics store as OTLP metrics, slice by slice. */
export async function* exportedRequests(query: ExportQuery): AsyncGenerator<Telemetry> {
  for (let fromMs = query.fromMs; fromMs < query.toMs; fromMs += query.sliceMs) {
    const samples = await slice(query, fromMs, Math.min(query.toMs, fromMs + query.sliceMs));
    const byTime = Map.groupBy(samples, ({ timeMs }) => timeMs);
    for (const timeMs of [...byTime.keys()].sort((a, b) => a - b)) {
      const together = byTime.get(timeMs) ?? [];
      for (let at = 0; at < together.length; at += MAX_SAMPLES_PER_REQUEST) {
        yield metricRequest(together.slice(at, at + MAX_SAMPLES_PER_REQUEST));
      }
    }
  }
}

/** Of [from, to). Ordered by series, so that the same data gives the same requests however the store answers. */
async function slice(query: ExportQuery, fromMs: number, toMs: number): Promise<Sample[]> {
  const source = await ask(query, fromMs, toMs - 1);
  const series: { readonly key: string; readonly samples: readonly Sample[] }[] = [];
  let count = 0;
  for (let line = await source.line(); line !== undefined; line = await source.line()) {
    if (line.length === 0) continue;
    const { metric, values, timestamps } = JSON.parse(new TextDecoder().decode(line)) as ExportedSeries;
    const samples = samplesOf(metric, values, timestamps);
    count += samples.length;
    if (count > query.maxSamples) {
      throw failure(`more than ${query.maxSamples} samples in one slice. Ask for a shorter --slice or fewer series`);
    }
    series.push({ key: JSON.stringify(Object.entries(metric).toSorted()), samples });
  }
  return series.toSorted((a, b) => (a.key < b.key ? -1 : 1)).flatMap(({ samples }) => samples);
}

async function ask({ url, match, fetch, maxMessage }: ExportQuery, fromMs: number, toMs: number): Promise<ByteSource> {
  const params = new URLSearchParams();
  for (const selector of match) params.append('match[]', selector);
  params.set('start', String(fromMs / 1000));
  params.set('end', String(toMs / 1000));
  const base = url.endsWith('/') ? url : `${url}/`;
  const address = new URL(`api/v1/export?${params.toString()}`, base);
  const response = await fetch(address).catch((error: unknown) => {
    throw failure(`it does not answer: ${messageOf(error)}`);
  });
  if (!response.ok || response.body === null) {
    const answer = (await response.text()).slice(0, 200);
    throw failure(`it answered ${response.status}: ${answer}`);
  }
  return new ByteSource(Readable.fromWeb(response.body), { limit: maxMessage, name: 'VictoriaMetrics' });
}

function failure(reason: string): SentinelError {
  return new SentinelError('SENTINEL_REPLAY_FAILED', `VictoriaMetrics: ${reason}.`);
}

function samplesOf(
  metric: ExportedSeries['metric'],
  values: ExportedSeries['values'],
  timestamps: ExportedSeries['timestamps'],
): Sample[] {
  const { __name__: name = '', ...labels } = metric;
  const from = serviceLabels.find((label) => labels[label] !== undefined);
  const service = from === undefined ? 'unknown' : (labels[from] ?? '');
  const rest = Object.fromEntries(Object.entries(labels).filter(([label]) => label !== from));
  const common = { metric: name, service, labels: rest, isCounter: counterName.test(name) };
  return timestamps.flatMap((timeMs, at) => {
    const value = values[at];
    return typeof value === 'number' ? [{ ...common, timeMs, value }] : [];
  });
}

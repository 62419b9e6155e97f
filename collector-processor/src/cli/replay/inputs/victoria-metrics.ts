import type { ExportedSeries, MetricsStore } from '../../../publish/history/metrics-store.ts';
import { messageOf, SentinelError } from '../../../runtime/errors.ts';
import type { Telemetry } from '../telemetry.ts';
import { metricRequest, type Sample } from './metric-request.ts';

export interface ExportQuery {
  readonly store: Pick<MetricsStore, 'exported'>;
  readonly tenant: string;
  /** Series selectors. */
  readonly match: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Asked for at once: the store answers series by series, and they are put in the order of time. */
  readonly sliceMs: number;
  /** Of one slice. */
  readonly maxSamples: number;
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
  const { store, tenant, match, maxSamples } = query;
  const series: { readonly key: string; readonly samples: readonly Sample[] }[] = [];
  let count = 0;
  try {
    for await (const one of store.exported(match, { fromMs, toMs: toMs - 1 }, { tenant })) {
      count += one.samples.length;
      if (count > maxSamples) throw new Error(`it holds more than ${maxSamples} samples in one slice`);
      series.push({ key: JSON.stringify(Object.entries(one.labels).toSorted()), samples: samplesOf(one) });
    }
  } catch (error) {
    const remedy = count === 0 ? '' : ' A shorter --slice, or fewer series, make shorter answers.';
    throw new SentinelError('SENTINEL_REPLAY_FAILED', `VictoriaMetrics: ${messageOf(error)}.${remedy}`, {
      cause: error,
    });
  }
  return series.toSorted((a, b) => (a.key < b.key ? -1 : 1)).flatMap(({ samples }) => samples);
}

function samplesOf({ labels: all, samples }: ExportedSeries): Sample[] {
  const { __name__: metric = '', ...labels } = all;
  const from = serviceLabels.find((label) => labels[label] !== undefined);
  const service = from === undefined ? 'unknown' : (labels[from] ?? '');
  const rest = Object.fromEntries(Object.entries(labels).filter(([label]) => label !== from));
  const common = { metric, service, labels: rest, isCounter: counterName.test(metric) };
  return samples.map((sample) => ({ ...common, ...sample }));
}

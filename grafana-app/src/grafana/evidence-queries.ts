import type { Anomaly } from '../api/anomalies';

/** What evidence is looked up for. */
export interface Evident {
  readonly series: Pick<Anomaly['series'], 'id' | 'service' | 'measure'>;
}

/** Label matchers and TraceQL texts quote alike. */
const quoted = (text: string) => JSON.stringify(text);

/** The score series that the sidecar publishes: what is left of a series when the sidecar no longer keeps its history. */
export function publishedSeries(seriesId: string): ReadonlyArray<{ expr: string; legend: string }> {
  return ['y', 'yhat', 'yhat_lower', 'yhat_upper', 'anomaly_score'].map((name) => ({
    expr: `${name}{series_id=${quoted(seriesId)}}`,
    legend: name,
  }));
}

export function logsAround({ series }: Evident): string {
  return `{service_name=${quoted(series.service)}}`;
}

/** Traces of the service; only failed ones where failures are what is odd. */
export function tracesAround({ series: { service, measure } }: Evident): string {
  const matchers = [`resource.service.name=${quoted(service)}`, ...(measure === 'error_ratio' ? ['status=error'] : [])];
  return `{ ${matchers.join(' && ')} }`;
}

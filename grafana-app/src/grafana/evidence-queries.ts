import type { Anomaly } from '../api/anomalies';

/** Label matchers and TraceQL texts quote alike. */
const quoted = (text: string) => JSON.stringify(text);

/** The score series that the sidecar publishes: what is left of a series when the sidecar no longer keeps its history. */
export function publishedSeries({ series }: Pick<Anomaly, 'series'>): ReadonlyArray<{ expr: string; legend: string }> {
  return ['y', 'yhat', 'yhat_lower', 'yhat_upper', 'anomaly_score'].map((name) => ({
    expr: `${name}{series_id=${quoted(series.id)}}`,
    legend: name,
  }));
}

export function logsAround({ series }: Pick<Anomaly, 'series'>): string {
  return `{service_name=${quoted(series.service)}}`;
}

/** Traces of the service; only failed ones where failures are what is odd. */
export function tracesAround({ series: { service, measure } }: Pick<Anomaly, 'series'>): string {
  const matchers = [`resource.service.name=${quoted(service)}`, ...(measure === 'error_ratio' ? ['status=error'] : [])];
  return `{ ${matchers.join(' && ')} }`;
}

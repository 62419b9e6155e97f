import { locationUtil } from '@grafana/data';
import type { Anomaly } from '../api/anomalies';
import type { AppSettings } from '../app/settings';
import { logsAround, tracesAround } from './evidence-queries';

interface ExploreQuery {
  readonly uid: string;
  readonly type: 'prometheus' | 'loki' | 'tempo';
  readonly queries: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Address of Explore with queries and a time range; below Grafana's own path. */
export function exploreLink({ uid, type, queries, fromMs, toMs }: ExploreQuery): string {
  const panes = {
    sentinel: {
      datasource: uid,
      queries: queries.map((query, index) => ({ refId: 'ABC'.charAt(index), datasource: { type, uid }, ...query })),
      range: { from: String(Math.round(fromMs)), to: String(Math.round(toMs)) },
    },
  };
  const search = new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify(panes) });
  return locationUtil.assureBaseUrl(`/explore?${search.toString()}`);
}

/** Half again the length of the anomaly on both sides, at least five minutes. */
export function rangeAround({ startMs, endMs }: Pick<Anomaly, 'startMs' | 'endMs'>): { fromMs: number; toMs: number } {
  const around = Math.max(300_000, (endMs - startMs) / 2);
  return { fromMs: startMs - around, toMs: endMs + around };
}

/** Score of the series, and what it measured with what was expected, as the sidecar publishes them. */
export function scoreLink({ metricsUid }: AppSettings, anomaly: Anomaly): string | undefined {
  if (!metricsUid) {
    return undefined;
  }
  const selector = `{series_id="${anomaly.series.id}"}`;
  const queries = [
    { expr: `anomaly_score${selector}` },
    { expr: `{__name__=~"y|yhat|yhat_lower|yhat_upper", series_id="${anomaly.series.id}"}` },
  ];
  return exploreLink({ uid: metricsUid, type: 'prometheus', queries, ...rangeAround(anomaly) });
}

export function logsLink({ logsUid }: AppSettings, anomaly: Anomaly): string | undefined {
  if (!logsUid || anomaly.series.service === '') {
    return undefined;
  }
  const queries = [{ expr: logsAround(anomaly) }];
  return exploreLink({ uid: logsUid, type: 'loki', queries, ...rangeAround(anomaly) });
}

export function tracesLink({ tracesUid }: AppSettings, anomaly: Anomaly): string | undefined {
  if (!tracesUid || anomaly.series.service === '') {
    return undefined;
  }
  const queries = [{ query: tracesAround(anomaly), queryType: 'traceql' }];
  return exploreLink({ uid: tracesUid, type: 'tempo', queries, ...rangeAround(anomaly) });
}

export function traceLink({ tracesUid }: AppSettings, anomaly: Anomaly, traceId: string): string | undefined {
  if (!tracesUid || !/^[0-9a-f]{32}$/.test(traceId)) {
    return undefined;
  }
  const queries = [{ query: traceId, queryType: 'traceql' }];
  return exploreLink({ uid: tracesUid, type: 'tempo', queries, ...rangeAround(anomaly) });
}

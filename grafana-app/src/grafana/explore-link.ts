import { locationUtil } from '@grafana/data';
import type { Anomaly } from '../api/anomalies';
import type { AppSettings } from '../app/settings';
import type { Span } from '../components/timeline/timeline-event';
import { type Evident, logsAround, tracesAround } from './evidence-queries';

interface ExploreQuery extends Span {
  readonly uid: string;
  readonly type: 'prometheus' | 'loki' | 'tempo';
  readonly queries: ReadonlyArray<Readonly<Record<string, unknown>>>;
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
export function rangeAround({ startMs, endMs }: Pick<Anomaly, 'startMs' | 'endMs'>): Span {
  const around = Math.max(300_000, (endMs - startMs) / 2);
  return { fromMs: startMs - around, toMs: endMs + around };
}

/** What is looked up, and when. */
interface Looked {
  readonly evident: Evident;
  readonly span: Span;
}

/** Score of the series, and what it measured with what was expected, as the sidecar publishes them. */
export function scoreLink({ metricsUid }: AppSettings, { evident, span }: Looked): string | undefined {
  if (!metricsUid) {
    return undefined;
  }
  const { id } = evident.series;
  const queries = [
    { expr: `anomaly_score{series_id="${id}"}` },
    { expr: `{__name__=~"y|yhat|yhat_lower|yhat_upper", series_id="${id}"}` },
  ];
  return exploreLink({ uid: metricsUid, type: 'prometheus', queries, ...span });
}

export function logsLink({ logsUid }: AppSettings, { evident, span }: Looked): string | undefined {
  if (!logsUid || evident.series.service === '') {
    return undefined;
  }
  return exploreLink({ uid: logsUid, type: 'loki', queries: [{ expr: logsAround(evident) }], ...span });
}

export function tracesLink({ tracesUid }: AppSettings, { evident, span }: Looked): string | undefined {
  if (!tracesUid || evident.series.service === '') {
    return undefined;
  }
  const queries = [{ query: tracesAround(evident), queryType: 'traceql' }];
  return exploreLink({ uid: tracesUid, type: 'tempo', queries, ...span });
}

export function traceLink({ tracesUid }: AppSettings, traceId: string, span: Span): string | undefined {
  if (!tracesUid || !/^[0-9a-f]{32}$/.test(traceId)) {
    return undefined;
  }
  const queries = [{ query: traceId, queryType: 'traceql' }];
  return exploreLink({ uid: tracesUid, type: 'tempo', queries, ...span });
}

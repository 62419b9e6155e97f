import { dateTime, type DataFrame, LoadingState, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  behaviors,
  EmbeddedScene,
  PanelBuilders,
  SceneCSSGridLayout,
  SceneDataNode,
  type SceneDataProvider,
  SceneQueryRunner,
  SceneTimeRange,
  VizPanel,
} from '@grafana/scenes';
import { DashboardCursorSync, LogsSortOrder, TooltipDisplayMode } from '@grafana/schema';
import type { Anomaly } from '../../../api/anomalies';
import type { AppSettings } from '../../../app/settings';
import { logsAround, publishedSeries, tracesAround } from '../../../grafana/evidence-queries';
import { rangeAround } from '../../../grafana/explore-link';

interface Evidence {
  readonly anomaly: Anomaly;
  readonly settings: AppSettings;
  /** What the sidecar still keeps of the series; absent, the metrics data source is asked. */
  readonly frame?: DataFrame | undefined;
}

const LINES_AT_MOST = 100;
const TRACES_AT_MOST = 10;

/**
 * Real panels of Grafana, one below the other, asked for when they are scrolled to: the series with band and score, logs
 * around, traces around. Undefined where nothing can be looked up.
 */
export function evidenceScene({ anomaly, settings, frame }: Evidence): EmbeddedScene | undefined {
  const panels = [
    ...seriesPanel({ anomaly, settings, frame }),
    ...(anomaly.series.service === '' ? [] : [...logsPanel(anomaly, settings), ...tracesPanel(anomaly, settings)]),
  ];
  if (panels.length === 0) {
    return undefined;
  }
  const { from, to } = rangeOf(anomaly);
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: from.toISOString(), to: to.toISOString() }),
    $behaviors: [new behaviors.CursorSync({ key: 'sentinel-evidence', sync: DashboardCursorSync.Crosshair })],
    body: new SceneCSSGridLayout({
      templateColumns: 'minmax(0, 1fr)',
      autoRows: '240px',
      isLazy: true,
      children: panels,
    }),
  });
}

function seriesPanel({ anomaly, settings, frame }: Evidence): VizPanel[] {
  const data = frame === undefined ? published(anomaly, settings) : kept(frame, rangeOf(anomaly));
  if (data === undefined) {
    return [];
  }
  const panel = PanelBuilders.timeseries()
    .setTitle(t('evidence.series', 'Series, expected range and score'))
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
    .setData(data)
    .build();
  return [panel];
}

function rangeOf(anomaly: Anomaly): TimeRange {
  const { fromMs, toMs } = rangeAround(anomaly);
  const [from, to] = [dateTime(fromMs), dateTime(toMs)];
  return { from, to, raw: { from, to } };
}

function kept(frame: DataFrame, timeRange: TimeRange): SceneDataProvider {
  return new SceneDataNode({ data: { state: LoadingState.Done, series: [frame], timeRange } });
}

function published(anomaly: Anomaly, { metricsUid }: AppSettings): SceneDataProvider | undefined {
  const queries = publishedSeries(anomaly).map(({ expr, legend }) => ({ refId: legend, expr, legendFormat: legend }));
  return metricsUid ? asked({ uid: metricsUid, type: 'prometheus' }, queries) : undefined;
}

function logsPanel(anomaly: Anomaly, { logsUid }: AppSettings): VizPanel[] {
  if (!logsUid) {
    return [];
  }
  const query = { refId: 'A', expr: logsAround(anomaly), maxLines: LINES_AT_MOST };
  const panel = PanelBuilders.logs()
    .setTitle(t('evidence.logs', 'Logs around'))
    .setOption('showTime', true)
    .setOption('wrapLogMessage', true)
    .setOption('sortOrder', LogsSortOrder.Ascending)
    .setNoValue(t('evidence.no-lines', 'The logs data source has no lines in this range'))
    .setData(asked({ uid: logsUid, type: 'loki' }, [query]))
    .build();
  return [panel];
}

function tracesPanel(anomaly: Anomaly, { tracesUid }: AppSettings): VizPanel[] {
  if (!tracesUid) {
    return [];
  }
  const query = {
    refId: 'A',
    queryType: 'traceql',
    query: tracesAround(anomaly),
    limit: TRACES_AT_MOST,
    tableType: 'traces',
  };
  const panel = PanelBuilders.table()
    .setTitle(t('evidence.traces', 'Traces around'))
    .setNoValue(t('evidence.no-traces', 'The traces data source has no traces in this range'))
    .setData(asked({ uid: tracesUid, type: 'tempo' }, [query]))
    .build();
  return [panel];
}

function asked(datasource: { uid: string; type: string }, queries: Array<{ refId: string }>): SceneDataProvider {
  return new SceneQueryRunner({ datasource, queries });
}

import { dateTime, LoadingState, type TimeRange } from '@grafana/data';
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
import type { AppSettings } from '../../app/settings';
import type { Span } from '../../components/timeline/timeline-event';
import { type Evident, logsAround, publishedSeries, tracesAround } from '../../grafana/evidence-queries';
import { PANEL_HEIGHT_PX } from './PanelsToCome';
import type { KeptSeries } from './use-kept-series';

export interface Evidence {
  readonly settings: AppSettings;
  /** Whose logs and traces are shown; without a service none. */
  readonly evident: Evident;
  readonly span: Span;
}

const LINES_AT_MOST = 100;
const TRACES_AT_MOST = 10;
/** Beside each other where there is room for two. */
const COLUMNS = 'repeat(auto-fit, minmax(min(440px, 100%), 1fr))';

/**
 * Real panels of Grafana, asked for when they are scrolled to: the series with band and score, logs around, traces around.
 * Undefined where nothing can be looked up.
 */
export function evidenceScene(evidence: Evidence, series: readonly KeptSeries[]): EmbeddedScene | undefined {
  const timeRange = rangeOf(evidence.span);
  const panels = [
    ...series.flatMap((one) => seriesPanel(one, evidence.settings, timeRange)),
    ...(evidence.evident.series.service === '' ? [] : [...logsPanel(evidence), ...tracesPanel(evidence)]),
  ];
  if (panels.length === 0) {
    return undefined;
  }
  const { from, to } = timeRange;
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: from.toISOString(), to: to.toISOString() }),
    $behaviors: [new behaviors.CursorSync({ key: 'sentinel-evidence', sync: DashboardCursorSync.Crosshair })],
    body: new SceneCSSGridLayout({
      templateColumns: COLUMNS,
      autoRows: `${PANEL_HEIGHT_PX}px`,
      isLazy: true,
      children: panels,
    }),
  });
}

function seriesPanel({ id, title, frame }: KeptSeries, { metricsUid }: AppSettings, timeRange: TimeRange): VizPanel[] {
  const data =
    frame === undefined
      ? published(id, metricsUid)
      : new SceneDataNode({ data: { state: LoadingState.Done, series: [frame], timeRange } });
  if (data === undefined) {
    return [];
  }
  const panel = PanelBuilders.timeseries()
    .setTitle(title ?? t('evidence.series', 'Series, expected range and score'))
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
    .setData(data)
    .build();
  return [panel];
}

function rangeOf({ fromMs, toMs }: Span): TimeRange {
  const [from, to] = [dateTime(fromMs), dateTime(toMs)];
  return { from, to, raw: { from, to } };
}

function published(id: string, metricsUid: string | undefined): SceneDataProvider | undefined {
  const queries = publishedSeries(id).map(({ expr, legend }) => ({ refId: legend, expr, legendFormat: legend }));
  return metricsUid ? asked({ uid: metricsUid, type: 'prometheus' }, queries) : undefined;
}

function logsPanel({ evident, settings: { logsUid } }: Evidence): VizPanel[] {
  if (!logsUid) {
    return [];
  }
  const query = { refId: 'A', expr: logsAround(evident), maxLines: LINES_AT_MOST };
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

function tracesPanel({ evident, settings: { tracesUid } }: Evidence): VizPanel[] {
  if (!tracesUid) {
    return [];
  }
  const query = {
    refId: 'A',
    queryType: 'traceql',
    query: tracesAround(evident),
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

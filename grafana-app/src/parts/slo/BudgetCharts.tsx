import { type DataFrame, dateTime, LoadingState, type PanelData, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  behaviors,
  EmbeddedScene,
  PanelBuilders,
  SceneCSSGridLayout,
  SceneDataNode,
  SceneTimeRange,
  type VizPanel,
} from '@grafana/scenes';
import { DashboardCursorSync, TooltipDisplayMode } from '@grafana/schema';
import { useEffect, useState } from 'react';
import type { SloHistory, SloTier } from '../../api/slos';
import { PANEL_HEIGHT_PX } from '../evidence/PanelsToCome';
import { burnFrame, leftFrame, markFrame } from './history-frames';

interface Props {
  readonly history: SloHistory;
  /** The one that the status is about. */
  readonly tier: SloTier | undefined;
}

/** How the budget came to be what it is, in Grafana's own panels. Made once: an answer changes what they draw, not them. */
export function BudgetCharts({ history, tier }: Props) {
  const [{ scene, left, burn }] = useState(() => chartsScene(history, tier));
  useEffect(() => {
    left.setState({ data: leftData(history) });
    if (tier !== undefined) {
      burn.setState({ data: burnData(history, tier) });
    }
  }, [left, burn, history, tier]);
  return <scene.Component model={scene} />;
}

function chartsScene(history: SloHistory, tier: SloTier | undefined) {
  const { from, to } = timeRangeOf(history);
  const left = new SceneDataNode({ data: leftData(history) });
  const burn = new SceneDataNode(tier === undefined ? {} : { data: burnData(history, tier) });
  const scene = new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: from.toISOString(), to: to.toISOString() }),
    $behaviors: [new behaviors.CursorSync({ key: 'sentinel-budget', sync: DashboardCursorSync.Crosshair })],
    body: new SceneCSSGridLayout({
      templateColumns: 'repeat(auto-fit, minmax(min(440px, 100%), 1fr))',
      autoRows: `${PANEL_HEIGHT_PX}px`,
      children: [
        chart(t('slo.left-over-time', 'Budget left over time'), left),
        ...(tier === undefined ? [] : [chart(t('slo.burn-over-time', 'Burn rate over time'), burn)]),
      ],
    }),
  });
  return { scene, left, burn };
}

function chart(title: string, data: SceneDataNode): VizPanel {
  return PanelBuilders.timeseries()
    .setTitle(title)
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
    .setData(data)
    .build();
}

function leftData(history: SloHistory): PanelData {
  return dataOf(history, leftFrame(history));
}

function burnData(history: SloHistory, tier: SloTier): PanelData {
  return dataOf(history, burnFrame(history, tier));
}

function dataOf(history: SloHistory, frame: DataFrame): PanelData {
  return {
    state: LoadingState.Done,
    timeRange: timeRangeOf(history),
    series: [frame],
    annotations: [markFrame(history)],
  };
}

function timeRangeOf({ fromMs, toMs }: SloHistory): TimeRange {
  const [from, to] = [dateTime(fromMs), dateTime(toMs)];
  return { from, to, raw: { from, to } };
}

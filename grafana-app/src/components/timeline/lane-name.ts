import type { IconName } from '@grafana/ui';
import { t } from '@grafana/i18n';
import { isKnownLane, type KnownLane, type LaneId } from './lane';

/** Name of a lane in the user's language; a lane of its own is called what the data call it. */
export function laneName(lane: LaneId): string {
  const names: Record<KnownLane, string> = {
    state: t('timeline.lane.state', 'State'),
    change: t('timeline.lane.change', 'Changes'),
    metric: t('timeline.lane.metric', 'Metrics'),
    log: t('timeline.lane.log', 'Logs'),
    trace: t('timeline.lane.trace', 'Traces'),
    alert: t('timeline.lane.alert', 'Alerts'),
    budget: t('timeline.lane.budget', 'Budget'),
    action: t('timeline.lane.action', 'Actions'),
    note: t('timeline.lane.note', 'Notes'),
  };
  return isKnownLane(lane) ? names[lane] : lane;
}

const icons: Readonly<Record<KnownLane, IconName>> = {
  state: 'record-audio',
  change: 'code-branch',
  metric: 'graph-bar',
  log: 'document-info',
  trace: 'sitemap',
  alert: 'bell',
  budget: 'tachometer-fast',
  action: 'play',
  note: 'comment-alt',
};

/** For where names do not fit. */
export function laneIcon(lane: LaneId): IconName {
  return isKnownLane(lane) ? icons[lane] : 'circle-mono';
}

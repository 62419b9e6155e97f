import { t } from '@grafana/i18n';
import type { LaneId } from './lane';

/** Name of a lane in the user's language. */
export function laneName(lane: LaneId): string {
  const names: Record<LaneId, string> = {
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
  return names[lane];
}

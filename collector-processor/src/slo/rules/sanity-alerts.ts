import type { Objective } from '../../model/slo.ts';
import { SLACK } from '../certainty.ts';
import type { Span } from '../promql/shares.ts';
import { countable } from './countable.ts';
import type { AlertRule } from './rule-file.ts';
import { badSeries, ratioSeries, totalSeries } from './sli-rules.ts';
import { labelsOfSlo, linksOf } from './slo-labels.ts';

const newest: Span = { text: '5m', seconds: 300 };
const recent: Span = { text: '1h', seconds: 3600 };

/** What says that the figures themselves cannot be trusted: no data, more good or bad events than there were. */
export function sanityAlerts(objective: Objective): readonly AlertRule[] {
  return [...absentAlert(objective), ...implausibleAlert(objective)];
}

function absentAlert(objective: Objective): readonly AlertRule[] {
  if (!objective.alerting.absent) return [];
  const { labels, selector } = labelsOfSlo(objective);
  const series = countable(objective) === undefined ? ratioSeries(newest) : totalSeries(newest);
  return [
    {
      alert: 'SLOIndicatorAbsent',
      expr: `absent(${series}${selector})`,
      for: '15m',
      labels: { ...labels, severity: 'warning', sloth_severity: 'ticket' },
      annotations: {
        summary: `${objective.displayName} has no data`,
        description: `Nothing says how ${objective.service} does: its indicator has had no value for 15 minutes.`,
        ...linksOf(objective),
      },
    },
  ];
}

function implausibleAlert(objective: Objective): readonly AlertRule[] {
  if (countable(objective) === undefined) return [];
  const { labels, selector } = labelsOfSlo(objective);
  const bad = `${badSeries(recent)}${selector}`;
  const total = `${totalSeries(recent)}${selector}`;
  return [
    {
      alert: 'SLOIndicatorImplausible',
      expr: `${bad} < -${SLACK} * ${total}\nor\n${bad} > ${1 + SLACK} * ${total}`,
      for: '15m',
      labels: { ...labels, severity: 'warning', sloth_severity: 'ticket' },
      annotations: {
        summary: `${objective.displayName} counts more good or bad events than there are`,
        description: 'Good and total events do not come from the same place, so the budget cannot be trusted.',
        ...linksOf(objective),
      },
    },
  ];
}

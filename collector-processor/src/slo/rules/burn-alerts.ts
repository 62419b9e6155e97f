import type { AlertKind, BurnAlert, Objective } from '../../model/slo.ts';
import { promText } from '../../runtime/yaml/lengths-of-time.ts';
import { withWindow } from '../promql/parse-query.ts';
import { badShare, type Span } from '../promql/shares.ts';
import { budgetOf, periodOf } from './budget-rules.ts';
import { countable } from './countable.ts';
import type { AlertRule } from './rule-file.ts';
import { badSeries, lowerSeries, ratioSeries, totalSeries } from './sli-rules.ts';
import { labelsOfSlo, linksOf } from './slo-labels.ts';
import { limitOf, MOST, type Tier, tiersOf } from './tiers.ts';

/** `increase` extrapolates: three events may read as 2.9. */
const ROUNDING = 0.5;

const lastDay: Span = { text: '1d', seconds: 86_400 };
const severities = { page: 'critical', ticket: 'warning' } as const;
const words = { fast: 'fast', medium: 'steadily', slow: 'slowly', trickle: 'in a trickle' } as const;

/** An alert for each tier of the SLO's window. */
export function tierAlerts(objective: Objective): readonly AlertRule[] {
  const { alerting } = objective;
  return tiersOf(periodOf(objective.window).seconds).flatMap((tier) => {
    const kind = alerting[tier.kind];
    return kind.enabled ? [tierAlert(objective, tier, kind)] : [];
  });
}

function tierAlert(objective: Objective, tier: Tier, kind: AlertKind): AlertRule {
  const { labels } = labelsOfSlo(objective);
  const windows = `${tier.short.text} and ${tier.long.text}`;
  return {
    alert: objective.alerting.name,
    expr: tierExpression(objective, tier),
    labels: {
      ...labels,
      severity: severities[tier.kind],
      sloth_severity: tier.kind,
      slo_tier: tier.name,
      ...kind.labels,
    },
    annotations: {
      summary: `${objective.displayName} burns its error budget ${words[tier.name]}`,
      description: `Over ${windows} errors come more than ${tier.burnRate} times as often as the objective of ${objective.service} allows.`,
      ...linksOf(objective),
      ...kind.annotations,
    },
  };
}

/** What must hold at once, each without the label that tells windows apart. */
function tierExpression(objective: Objective, tier: Tier): string {
  const { selector } = labelsOfSlo(objective);
  const { minEvents, minFailures } = objective.alerting;
  const { name, short, long } = tier;
  const limit = limitOf(tier, budgetOf(objective));
  const is = (series: string, comparison: string) => `max without (sloth_window) (${series}${selector}) ${comparison}`;
  if (countable(objective) === undefined) {
    return allOf(is(ratioSeries(short), `> ${limit}`), is(ratioSeries(long), `> ${limit}`));
  }
  // Between two requests of a quiet service the last that was known holds: nothing says that it is over, or that it began again.
  const lastShare = `last_over_time(${ratioSeries(short)}${selector}[${long.text}])`;
  const goesOn = `max without (sloth_window) (${lastShare}) > ${limit}`;
  const certain = is(lowerSeries(long), `> ${limit}`);
  const failures = is(badSeries(long), `> ${minFailures - ROUNDING}`);
  const enough = `(${is(totalSeries(long), `> ${minEvents - ROUNDING}`)} or ${is(lowerSeries(long), `> ${MOST}`)})`;
  const burning = allOf(goesOn, certain, failures, enough);
  if (name !== 'trickle') return burning;
  // However little happens: so many failures, more than chance would have, the last of them today.
  const trickle = allOf(certain, failures, is(badSeries(lastDay), `> ${ROUNDING}`));
  return `(\n${burning}\n) or (\n${trickle}\n)`;
}

function allOf(...conditions: readonly string[]): string {
  return conditions.join('\nand\n');
}

/** Alerts on one burn rate, as policies of OpenSLO ask for them. */
export function policyAlerts(objective: Objective): readonly AlertRule[] {
  const { labels } = labelsOfSlo(objective);
  return objective.alerting.burnAlerts.map((alert) => ({
    alert: alert.name,
    expr: `(${shareOver(objective, alert)}) / ${budgetOf(objective)} ${alert.operator} ${alert.burnRate}`,
    ...(alert.forMs > 0 ? { for: promText(alert.forMs) } : {}),
    labels: { ...labels, ...alert.labels, severity: alert.severity },
    annotations: {
      summary: `${objective.displayName}: burn rate over ${promText(alert.windowMs)} ${alert.operator} ${alert.burnRate}`,
      ...linksOf(objective),
    },
  }));
}

function shareOver(objective: Objective, { windowMs }: BurnAlert): string {
  const window = { text: promText(windowMs), seconds: windowMs / 1000 };
  const events = countable(objective);
  if (events !== undefined) return badShare(events, window);
  return objective.indicator.kind === 'share' ? withWindow(objective.indicator.bad.text, window.text) : '';
}

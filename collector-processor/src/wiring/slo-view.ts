import type { Slo } from '../contract/slo.ts';
import type { SloWindow } from '../model/slo.ts';
import { promText } from '../runtime/yaml/lengths-of-time.ts';
import type { TierState } from '../slo/budget/burning.ts';
import type { BudgetView } from '../slo/slo-stage.ts';

/** A budget as the API tells of it. */
export function sloView({ budget, state, unknownMinutes, corrections }: BudgetView): Slo {
  const { id, objectiveId, group, isAsked, objective } = budget;
  const { name, displayName, description, service, labels, target, window, alerting, place } = objective;
  const { status, fromMs, toMs, counts, takenOut, allowed, left, leftUncorrected, tiers, exhaustion } = state;
  return {
    id,
    objectiveId,
    group,
    countedBy: isAsked ? 'query' : 'requests',
    name,
    displayName,
    description,
    service,
    labels,
    objective: target,
    window: windowText(window),
    rolling: window.kind === 'rolling',
    source: `${place.file}:${place.line}`,
    status,
    fromMs,
    toMs,
    counts,
    takenOut,
    unknownMinutes,
    corrections,
    allowed,
    left: left ?? null,
    leftUncorrected: leftUncorrected ?? null,
    tiers: tiers.map(tierView),
    minEvents: alerting.minEvents,
    minFailures: alerting.minFailures,
    ...(exhaustion === undefined ? {} : { exhaustion }),
  };
}

function windowText(window: SloWindow): string {
  if (window.kind === 'rolling') return promText(window.durationMs);
  return window.count === 1 ? window.unit : `${window.count} ${window.unit}s`;
}

function tierView({ tier, state, shortRate, longRate, long }: TierState): Slo['tiers'][number] {
  return {
    tier: tier.name,
    alerts: tier.kind,
    state,
    limit: tier.burnRate,
    shortWindow: tier.short.text,
    shortRate: shortRate ?? null,
    longWindow: tier.long.text,
    longRate: longRate ?? null,
    long,
  };
}

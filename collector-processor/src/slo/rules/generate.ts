import type { Objective } from '../../model/slo.ts';
import { promText } from '../../runtime/yaml/lengths-of-time.ts';
import { budgetRules, EVERY_SECONDS, periodRules } from './budget-rules.ts';
import { policyAlerts, tierAlerts } from './burn-alerts.ts';
import type { Rule, RuleFile, RuleGroup } from './rule-file.ts';
import { sanityAlerts } from './sanity-alerts.ts';
import { sliceRules, sliRules } from './sli-rules.ts';
import { labelsOfSlo } from './slo-labels.ts';

/** Recording and alert rules for all objectives; groups of one objective stand together. */
export function generateRules(objectives: readonly Objective[]): RuleFile {
  return { groups: objectives.flatMap(groupsOf) };
}

function groupsOf(objective: Objective): readonly RuleGroup[] {
  const { id } = labelsOfSlo(objective);
  const every = promText(EVERY_SECONDS * 1000);
  const { indicator } = objective;
  const slice = indicator.kind === 'slices' ? promText(indicator.sliceMs) : every;
  const groups: readonly (readonly [string, string, readonly Rule[]])[] = [
    ['slices', slice, sliceRules(objective)],
    ['sli-recordings', every, sliRules(objective)],
    ['meta-recordings', every, [...periodRules(objective), ...budgetRules(objective)]],
    ['alerts', every, [...tierAlerts(objective), ...policyAlerts(objective), ...sanityAlerts(objective)]],
  ];
  return groups
    .filter(([, , rules]) => rules.length > 0)
    .map(([name, interval, rules]) => ({ name: `sentinel-slo-${name}-${id}`, interval, rules }));
}

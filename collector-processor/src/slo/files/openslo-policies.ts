import type { BurnAlert, SloAlerting } from '../../model/slo.ts';
import { fault, faults, part, type Part, then } from '../../runtime/yaml/understood.ts';
import { defaultAlerting } from './common-parts.ts';
import { shorthandMs } from './openslo-lengths.ts';
import type { OpenSloNames } from './openslo-names.ts';
import type { OpenSlo, OpenSloCondition, OpenSloPolicy } from './openslo-schema.ts';

type Uses = NonNullable<OpenSlo['spec']['alertPolicies']>;
type Path = readonly (string | number)[];
type Names = Pick<OpenSloNames, 'policy' | 'condition'>;

const operators = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** Policies of its own take the place of the four tiers; without any the tiers hold. */
export function readPolicies(uses: Uses, names: Names): Part<SloAlerting> {
  if (uses.length === 0) return part(defaultAlerting);
  const read = uses.map((use, index) => policyOf(use, ['spec', 'alertPolicies', index], names));
  const wrong = read.flatMap((one) => (one.kind === 'faults' ? one.faults : []));
  if (wrong.length > 0) return faults(...wrong);
  const policies = read.flatMap((one) => (one.kind === 'part' ? [one.value] : []));
  return part({
    ...defaultAlerting,
    page: { ...defaultAlerting.page, enabled: false },
    ticket: { ...defaultAlerting.ticket, enabled: false },
    burnAlerts: policies.flatMap(({ alert }) => alert ?? []),
    absent: policies.some(({ absent }) => absent),
  });
}

function policyOf(use: Uses[number], path: Path, names: Names): Part<{ alert?: BurnAlert; absent: boolean }> {
  return then(policyNamed(use, path, names), (policy) => {
    const absent = policy.alertWhenNoData === true;
    if (policy.alertWhenBreaching === false) return part({ absent });
    const name = use.alertPolicyRef ?? use.metadata?.name ?? defaultAlerting.name;
    return then(conditionNamed(policy.conditions[0], path, names), (condition) =>
      then(alertOf(condition, { name, path, targets: targetsOf(policy) }), (alert) => part({ alert, absent })),
    );
  });
}

function policyNamed({ alertPolicyRef, spec }: Uses[number], path: Path, names: Names): Part<OpenSloPolicy> {
  const policy = alertPolicyRef === undefined ? spec : names.policy(alertPolicyRef);
  if (policy !== undefined) return part(policy);
  const message =
    alertPolicyRef === undefined ? 'The policy says nothing.' : `There is no AlertPolicy named ${alertPolicyRef}.`;
  return faults(fault([...path, 'alertPolicyRef'], message, 'Add the document, or write the policy here.'));
}

function conditionNamed(
  { conditionRef, spec }: OpenSloPolicy['conditions'][number] = {},
  path: Path,
  names: Names,
): Part<OpenSloCondition> {
  const condition = conditionRef === undefined ? spec : names.condition(conditionRef);
  if (condition !== undefined) return part(condition);
  const message =
    conditionRef === undefined ? 'The policy has no condition.' : `There is no AlertCondition named ${conditionRef}.`;
  return faults(fault(path, message, 'Add the document, or write the condition into the policy.'));
}

function alertOf(
  { severity, condition: { op, threshold, lookbackWindow, alertAfter = '0m' } }: OpenSloCondition,
  { name, path, targets }: { readonly name: string; readonly path: Path; readonly targets: string },
): Part<BurnAlert> {
  const windowMs = shorthandMs(lookbackWindow);
  const forMs = /^0[a-zA-Z]*$/.test(alertAfter) ? 0 : shorthandMs(alertAfter);
  if (windowMs === undefined || forMs === undefined) {
    const written = windowMs === undefined ? lookbackWindow : alertAfter;
    return faults(fault(path, `"${written}" is no length of time.`, 'Write it as 5m, 1h or 3d.'));
  }
  const labels: Record<string, string> = targets === '' ? {} : { notification_target: targets };
  return part({ name, severity, operator: operators[op], burnRate: threshold, windowMs, forMs, labels });
}

/** Names of the targets; routing is the Alertmanager's business, by this label. */
function targetsOf({ notificationTargets = [] }: OpenSloPolicy): string {
  const names = notificationTargets.map((target) => {
    if (typeof target !== 'object' || target === null) return '';
    if ('targetRef' in target) return String(target.targetRef);
    const { metadata } = target as { readonly metadata?: { readonly name?: string } };
    return metadata?.name ?? '';
  });
  return names.filter((name) => name !== '').join(',');
}

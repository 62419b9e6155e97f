import type { Amount } from '../../model/action.ts';
import { textsOf } from '../../runtime/yaml/schema-parts.ts';
import { timeAt } from '../../runtime/yaml/time-at.ts';
import { fault, faults, part, type Part, then, together } from '../../runtime/yaml/understood.ts';
import type { Match, Policies } from './policies.ts';
import type { WrittenPolicy } from './policy-schema.ts';

type Path = readonly (string | number)[];

const DEFAULT_WITHIN = '15m';
const NO_TIME = '0s';
const EXAMPLES = '30m or 2h';

/** One policy as the rules that it comes to. */
export function readPolicy(written: WrittenPolicy, path: Path): Part<Policies> {
  const { rate, approval, cool_down: coolDown = NO_TIME } = written;
  const contradiction = contradictionIn(written, path);
  if (contradiction !== undefined) return contradiction;
  const times = together({
    coolDownMs: coolDown === NO_TIME ? part(0) : timeAt(coolDown, [...path, 'cool_down'], EXAMPLES),
    perMs: timeAt(rate?.per ?? '1h', [...path, 'rate', 'per'], EXAMPLES),
    withinMs: timeAt(approval?.within ?? DEFAULT_WITHIN, [...path, 'approval', 'within'], EXAMPLES),
  });
  return then(times, (read) => part({ ...rightsOf(written, read.withinMs), ...limitsOf(written, read) }));
}

function rightsOf(written: WrittenPolicy, withinMs: number) {
  const { allow, deny, when, confidence, canary, approval } = written;
  const rule = ruleOf(written);
  const upTo = deny === true ? 'observe' : allow;
  const budgetBelow = when === undefined ? {} : { budgetBelow: share(when.budget_below) };
  return {
    rungs: upTo === undefined ? [] : [{ ...rule, upTo, ...budgetBelow }],
    confidence: confidence === undefined ? [] : [{ ...rule, atLeast: confidence }],
    canaries: canary === undefined ? [] : [{ ...rule, instances: canary.instances }],
    approvals: approval === undefined ? [] : [{ ...rule, persons: approval.persons, withinMs }],
  };
}

function limitsOf(written: WrittenPolicy, { coolDownMs, perMs }: { coolDownMs: number; perMs: number }) {
  const { blast_radius: radius, cool_down: coolDown, rate, concurrency } = written;
  const rule = ruleOf(written);
  return {
    blastRadius: radius === undefined ? [] : [{ ...rule, ...radiusOf(radius) }],
    coolDowns: coolDown === undefined ? [] : [{ ...rule, coolDownMs }],
    rates: rate === undefined ? [] : [{ ...rule, runs: rate.runs, perMs, of: rate.of ?? 'action' }],
    concurrency:
      concurrency === undefined ? [] : [{ ...rule, atOnce: concurrency.runs, of: concurrency.of ?? 'target' }],
  };
}

function contradictionIn(written: WrittenPolicy, path: Path) {
  const { name, when } = written;
  if (written.allow !== undefined && written.deny !== undefined) {
    return faults(fault([...path, 'deny'], `"${name}" allows and denies.`, 'Keep one of allow and deny.'));
  }
  if (when !== undefined && written.allow === undefined && written.deny === undefined) {
    return faults(fault([...path, 'when'], `"${name}" has nothing that depends on a budget.`, 'Add allow or deny.'));
  }
  if (Object.keys(written).some((part) => part !== 'name' && part !== 'match')) return undefined;
  const possible = 'allow, deny, confidence, blast_radius, cool_down, rate, concurrency, canary or approval';
  return faults(fault(path, `"${name}" says nothing.`, `Add ${possible}.`));
}

function ruleOf({ name, match = {} }: WrittenPolicy): { readonly name: string; readonly match: Match } {
  const { actions = [], services = [], environments = [], labels } = match;
  return { name, match: { actions, services, environments, labels: textsOf(labels) } };
}

function radiusOf({ instances, services, dependents }: NonNullable<WrittenPolicy['blast_radius']>) {
  return {
    ...(instances === undefined ? {} : { instances: amount(instances) }),
    ...(services === undefined ? {} : { services: amount(services) }),
    ...(dependents === undefined ? {} : { dependents: amount(dependents) }),
  };
}

function amount(written: number | string): Amount {
  return typeof written === 'number' ? { kind: 'count', value: written } : { kind: 'share', value: share(written) };
}

/** `30%` → 0.3, without the noise of the division. */
function share(percent: string): number {
  return Number((Number.parseFloat(percent) / 100).toPrecision(12));
}

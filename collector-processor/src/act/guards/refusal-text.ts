import type { Amount, Refusal, RunScope } from '../../model/action.ts';

type TextOf = { readonly [Name in Refusal['guard']]: (refusal: Extract<Refusal, { guard: Name }>) => string };

/** A refusal in one English sentence, times in UTC: for the audit, messages and the command line. The app has its own words. */
export function refusalText(refusal: Refusal): string {
  // The table has a row for each guard; that the row belongs to this refusal is beyond the type checker.
  return (texts[refusal.guard] as (one: Refusal) => string)(refusal);
}

const texts: TextOf = {
  kill_switch: ({ sinceMs, by, reason }) =>
    `all actions are stopped since ${time(sinceMs)} by ${by} (${reason}). An administrator can allow them again.`,
  freeze_window: ({ window, service, untilMs }) =>
    `freeze window '${window}' covers ${service} until ${time(untilMs)}.`,
  maintenance: ({ window, service, untilMs }) => `${service} is in maintenance until ${time(untilMs)} ('${window}').`,
  policy: ({ policy, upTo, budget }) =>
    budget === undefined
      ? `${policy === '' ? 'the ladder' : `policy '${policy}'`} allows to ${upTo} only.`
      : `${budget.objective} has ${percent(budget.left)} of its budget left. Policy '${policy}' allows to ${upTo} only below ${percent(budget.below)}.`,
  confidence: ({ cause, asked }) =>
    cause === undefined
      ? `no cause is known. This action asks for ${asked} confidence.`
      : `the cause is ${cause.verdict}${cause.confidence === '' ? '' : ` with ${cause.confidence} confidence`}. This action asks for ${asked}.`,
  blast_radius: ({ measure, touched, of, limit }) =>
    `this would touch ${touched}${of === 0 ? '' : ` of ${of}`} ${measure}${of === 0 ? '' : ` (${percent(touched / of)})`}. The limit is ${amountText(limit)}.`,
  cool_down: ({ lastMs, nextMs }) =>
    `something was done to this target at ${time(lastMs)}. Next possible at ${time(nextMs)}.`,
  rate_limit: ({ used, limit, of, nextMs }) =>
    `${used} of ${limit} runs ${scopeText[of]} are used. ${nextMs === Infinity ? 'None is allowed.' : `Next possible at ${time(nextMs)}.`}`,
  concurrency: ({ running }) =>
    `'${running.action}' is running on ${running.target.name} since ${time(running.startMs)} by ${running.initiator.kind === 'person' ? running.initiator.name : 'Sentinel, automatic'}.`,
  expiry: ({ expiredAtMs }) => `this plan expired at ${time(expiredAtMs)}. Make a new plan.`,
  canary: ({ instances }) =>
    `this action has to change ${instances === 1 ? 'one instance' : `${instances} instances`} first.`,
  approval: ({ given, needed, passedOver }) =>
    `${given} of ${needed} approvals are given${passedOver === undefined ? '' : `; ${passedOverText[passedOver]}`}.`,
};

const scopeText: Readonly<Record<RunScope, string>> = {
  target: 'on this target',
  service: 'on this service',
  action: 'of this action',
  all: 'in all',
};

const passedOverText = {
  own: 'whoever asked for it cannot approve it',
  expired: 'one grew old',
  changed: 'one is of an earlier version of the plan',
  twice: 'one person counts once',
} as const;

function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

function amountText({ kind, value }: Amount): string {
  return kind === 'share' ? percent(value) : String(value);
}

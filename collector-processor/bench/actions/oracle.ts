import type { RunRequest } from '../../src/model/action.ts';
import type { RunEvent } from '../../src/model/plan.ts';
import { HOUR_MS, MINUTE_MS, type Span, type Town } from './town.ts';

/** A run by the true time. */
export interface Begun {
  readonly runId: string;
  readonly atMs: number;
  /** Infinity while it goes on. */
  readonly endMs: number;
  readonly action: string;
  readonly service: string;
  readonly environment: string;
}

/** What forbids it; `before` are runs that began earlier. */
export type Forbids = (request: RunRequest, nowMs: number, before: readonly Begun[]) => string | undefined;

/**
 * The same policies once more, written from the text of policies.yaml and nothing else: slow, and by the true time. It shares
 * no code with the guards.
 */
export function oracleOf(town: Town): Forbids {
  return (request, nowMs, before) =>
    standing(town, request, nowMs) ??
    rights(town, request, nowMs) ??
    sizes(request) ??
    limits(request, nowMs, before) ??
    agreed(town, request, nowMs);
}

/** What holds for every step, whatever it belongs to. */
export function standing(town: Town, { target }: Pick<RunRequest, 'target'>, nowMs: number): string | undefined {
  const covers = ({ fromMs, untilMs, services }: Span): boolean =>
    fromMs <= nowMs && nowMs < untilMs && (services.length === 0 || services.includes(target.service));
  if (town.killed.some(covers)) return 'kill switch';
  if (town.freezes.some(covers)) return 'freeze';
  return town.maintenance.some(covers) ? 'maintenance' : undefined;
}

const order = ['observe', 'suggest', 'approve', 'automatic'];

/** "the bank is never touched", "low budget", "restarts ask", "the rest by itself", under the ladder. */
function mayGoTo(town: Town, { action, target }: RunRequest, nowMs: number): string {
  const left = town.budgetOf(target.service, nowMs) ?? 0;
  let byPolicy = 'automatic';
  if (target.service === 's00') byPolicy = 'observe';
  else if (target.environment === 'production' && left < 0.1) byPolicy = 'suggest';
  else if (target.environment === 'production' && action === 'restart') byPolicy = 'approve';
  const ladder = town.rungOf(action, target.service);
  return order.indexOf(ladder) < order.indexOf(byPolicy) ? ladder : byPolicy;
}

function rights(town: Town, request: RunRequest, nowMs: number): string | undefined {
  const upTo = mayGoTo(town, request, nowMs);
  const isSentinel = request.initiator.kind === 'sentinel';
  if (upTo === 'observe' || (isSentinel && upTo === 'suggest')) return 'policy';
  if (!isSentinel) return undefined;
  const enough = request.target.environment === 'staging' ? ['medium', 'high'] : ['high'];
  const { cause } = request;
  return cause?.verdict === 'supported' && enough.includes(cause.confidence) ? undefined : 'confidence';
}

/** "small", "whole roll-backs", "one first". */
function sizes({ action, target, blastRadius, canary }: RunRequest): string | undefined {
  const { instances, ofInstances, services, dependents } = blastRadius;
  const share = action === 'roll-back' ? 1 : 0.5;
  const allowed = ofInstances === 0 ? 0 : Math.max(1, Math.floor(ofInstances * share));
  if (instances > allowed || services > 1 || (action !== 'roll-back' && dependents > 8)) return 'blast radius';
  if (action !== 'roll-back' || target.environment !== 'production' || instances <= 1) return undefined;
  return canary?.instances === 1 ? undefined : 'canary';
}

/** "rest", "seldom", "in all", "one at a time"; where "seldom" and "in all" both fit, both hold. */
function limits(request: RunRequest, nowMs: number, before: readonly Begun[]): string | undefined {
  const { action, target } = request;
  const same = before.filter(
    ({ service, environment }) => service === target.service && environment === target.environment,
  );
  if (same.some(({ endMs }) => endMs > nowMs)) return 'concurrency';
  if (same.some(({ endMs }) => endMs > nowMs - 20 * MINUTE_MS)) return 'cool-down';
  const since = (ms: number, runs: readonly Begun[]) => runs.filter(({ atMs }) => atMs > nowMs - ms).length;
  if (since(HOUR_MS, before) >= 40) return 'rate';
  if (
    action === 'scale' &&
    since(
      2 * HOUR_MS,
      before.filter((run) => run.action === 'scale'),
    ) >= 4
  )
    return 'rate';
  return request.expiresAtMs <= nowMs ? 'expiry' : undefined;
}

/** "two persons", and one where Sentinel may only ask. */
function agreed(town: Town, request: RunRequest, nowMs: number): string | undefined {
  const { target, initiator, approvals, planVersion } = request;
  const isTwo = target.service === 's01' || target.service === 's02';
  const asks = initiator.kind === 'sentinel' && mayGoTo(town, request, nowMs) !== 'automatic';
  const persons = isTwo ? 2 : asks ? 1 : 0;
  const fresh = (isTwo ? 10 : 15) * MINUTE_MS;
  const counted = approvals.filter(
    ({ by, atMs, planVersion: of }) =>
      of === planVersion && atMs >= nowMs - fresh && !(initiator.kind === 'person' && initiator.name === by),
  );
  return new Set(counted.map(({ by }) => by)).size >= persons ? undefined : 'approval';
}

/** Runs by the true time; that one began, and that it ended, only its events say. */
export function begunRuns(events: readonly TimedEvent[]): readonly Begun[] {
  const ended = new Map(
    events.flatMap(({ runId, trueMs, fact }) => (fact.kind === 'ended' ? [[runId, trueMs] as const] : [])),
  );
  return events.flatMap(({ runId, trueMs, fact }): readonly Begun[] => {
    const step = fact.kind === 'started' ? fact.plan.steps[0] : undefined;
    if (step === undefined) return [];
    const { action, target } = step;
    const { service, environment } = target;
    return [{ runId, atMs: trueMs, endMs: ended.get(runId) ?? Infinity, action, service, environment }];
  });
}

export type TimedEvent = RunEvent & { readonly trueMs: number };

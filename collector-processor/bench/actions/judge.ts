import { requestFor } from '../../src/act/runs/requests.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Cluster } from './cluster.ts';
import { begunRuns, type Begun, type Forbids, oracleOf, standing, type TimedEvent } from './oracle.ts';
import type { Submission } from './submit.ts';
import { HOUR_MS, type Town } from './town.ts';

/** A guard may look a moment before its decision is written down. */
const MOMENT_MS = 10;
const RACE_MS = 1000;
const SOON_MS = 30_000;
/** Further back than any policy looks. */
const MEMORY_MS = 12 * HOUR_MS;

interface Judged {
  readonly permitted: number;
  readonly appliedSoon: number;
  readonly begun: number;
  readonly deeds: number;
  readonly violations: readonly string[];
  readonly executedTwice: number;
  /** Why permitted plans were not applied, by the guard that refused. */
  readonly missed: ReadonlyMap<string, number>;
}

export function judge(
  town: Town,
  submissions: readonly Submission[],
  events: readonly TimedEvent[],
  cluster: Cluster,
): Judged {
  const forbids = oracleOf(town);
  const begun = begunRuns(events);
  const startOf = new Map(
    events.flatMap(({ trueMs, fact }) => (fact.kind === 'started' ? [[fact.plan.id, trueMs] as const] : [])),
  );
  const permitted = submissions.filter((one) => {
    if (!isPermitted(one, one.atMs, begun, forbids)) return false;
    // Of two that race for a target the later one was forbidden by the other.
    return startOf.has(one.plan.id) || isPermitted(one, one.atMs + RACE_MS, begun, forbids);
  });
  const soon = permitted.filter(({ plan, atMs }) => (startOf.get(plan.id) ?? Infinity) <= atMs + SOON_MS);
  const applied = new Set(soon);
  const missed = new Map<string, number>();
  for (const one of permitted) if (!applied.has(one)) missed.set(one.refusedBy, (missed.get(one.refusedBy) ?? 0) + 1);
  const keys = cluster.deeds.map(({ key }) => key);
  return {
    permitted: permitted.length,
    appliedSoon: soon.length,
    begun: begun.length,
    deeds: keys.length,
    violations: [...begunAgainst(submissions, startOf, begun, forbids), ...doneAgainst(town, events, cluster)],
    executedTwice: keys.length - new Set(keys).size,
    missed,
  };
}

function isPermitted({ plan, who }: Submission, atMs: number, begun: readonly Begun[], forbids: Forbids): boolean {
  const before = begun.filter((run) => run.atMs < atMs && (run.atMs > atMs - MEMORY_MS || run.endMs > atMs));
  return plan.steps.every((step) => forbids(requestFor(plan, step, who), atMs, before) === undefined);
}

function begunAgainst(
  submissions: readonly Submission[],
  startOf: ReadonlyMap<string, number>,
  begun: readonly Begun[],
  forbids: Forbids,
): string[] {
  return submissions.flatMap((one) => {
    const atMs = startOf.get(one.plan.id);
    if (atMs === undefined) return [];
    if ([atMs, atMs - MOMENT_MS].some((time) => isPermitted(one, time, begun, forbids))) return [];
    return [`plan ${one.plan.id} (${describe(one.plan)}) began at ${new Date(atMs).toISOString()}`];
  });
}

/** Every change was intended before, at a moment when nothing was closed. */
function doneAgainst(town: Town, events: readonly TimedEvent[], { deeds }: Cluster): string[] {
  const intended = new Map<string, number>(
    events.flatMap(({ runId, trueMs, fact }) =>
      fact.kind === 'intended' ? [[`${runId}/${fact.step}${fact.undoes ? '/undo' : ''}`, trueMs] as const] : [],
    ),
  );
  return deeds.flatMap(({ key, call }) => {
    const atMs = intended.get(key);
    if (atMs === undefined) return [`${key} was not intended`];
    const request = { target: call.step.target };
    if ([atMs, atMs - MOMENT_MS].some((time) => standing(town, request, time) === undefined)) return [];
    return [`${key} was intended at ${new Date(atMs).toISOString()}`];
  });
}

function describe({ steps: [step] }: Plan): string {
  return `${step?.action ?? ''} ${step?.target.name ?? ''}`;
}

import type { SharesOf } from './blame.ts';
import type { CallGraph } from './call-graph.ts';
import type { CaseCall } from './cause-case.ts';
import { isMute } from './evidence.ts';
import { type MassKind, massOf } from './excess.ts';
import { callsOf, type Situation } from './situation.ts';
import { sumOf } from './sum-of.ts';

type Masses = (service: string) => number | undefined;

/** A callee that is odd in another measure explains at most this share of what is left. */
const OTHER_MEASURE_SHARE = 0.3;

/**
 * Shares by what adds up: of an excess the callees explain theirs. Callees that are seen from outside only take from what
 * the instrumented ones leave, since they may be the same service once more. Undefined where the masses are not known.
 */
export function sharesByMass(
  situation: Situation,
  kind: MassKind,
): (service: string) => ReturnType<SharesOf> | undefined {
  const known = new Map<string, number | undefined>();
  const masses: Masses = (service) => {
    if (!known.has(service)) known.set(service, massOf(situation, service, kind));
    return known.get(service);
  };
  return (service) => {
    const own = masses(service);
    if (own === undefined || own <= 0) return undefined;
    // Of a callee that is silent nothing is measured, and it may explain all.
    if (situation.graph.calleesOf(service).some(({ to }) => isMute(situation.evidence.get(to)))) return undefined;
    const callees = measuredCallees(situation.graph, service, masses);
    return callees.length === 0
      ? undefined
      : sharesAmong(callees, own, { masses, ...otherMeasure(situation, service, kind) });
  };
}

interface Explained {
  readonly masses: Masses;
  /** Requests to a callee that is odd in another measure; 0 for others. */
  readonly oddCallsOf: (callee: string) => number;
  readonly calls: number;
}

function sharesAmong(callees: readonly CaseCall[], own: number, { masses, oddCallsOf, calls }: Explained) {
  const shares = new Map<string, number>();
  let rest = 1;
  for (const group of [callees.filter(({ remote }) => !remote), callees.filter(({ remote }) => remote)]) {
    const all = sumOf(group.map(({ to }) => masses(to) ?? 0));
    const explained = Math.min(rest, all / own);
    for (const { to } of group) if (all > 0) shares.set(to, (explained * (masses(to) ?? 0)) / all);
    rest -= explained;
  }
  const odd = callees.filter(({ to }) => masses(to) === 0 && oddCallsOf(to) > 0);
  const oddCalls = sumOf(odd.map(({ to }) => oddCallsOf(to)));
  const share = calls > 0 ? OTHER_MEASURE_SHARE * Math.min(1, oddCalls / calls) : 0;
  for (const { to } of odd) shares.set(to, (rest * share * oddCallsOf(to)) / oddCalls);
  return shares;
}

function otherMeasure(situation: Situation, service: string, kind: MassKind) {
  const oddCallsOf = (callee: string): number => {
    const items = situation.evidence.get(callee)?.items ?? [];
    return items.some((item) => item.kind !== kind && item.kind !== 'requests') ? callsOf(situation, callee) : 0;
  };
  return { oddCallsOf, calls: callsOf(situation, service) };
}

/** Callees with a mass; one without passes on to those it calls. */
function measuredCallees(graph: CallGraph, service: string, masses: Masses): readonly CaseCall[] {
  const seen = new Set([service]);
  const found = new Map<string, CaseCall>();
  const visit = (from: string): void => {
    for (const call of graph.calleesOf(from)) {
      if (seen.has(call.to)) continue;
      seen.add(call.to);
      if (masses(call.to) === undefined) visit(call.to);
      else found.set(call.to, call);
    }
  };
  visit(service);
  return [...found.values()];
}

import type { SharesOf } from './blame.ts';
import { type Evidence, isBacklog, isIdle, isMute, type ServiceEvidence } from './evidence.ts';
import { errorLines, type Situation } from './situation.ts';
import { sumOf } from './sum-of.ts';

/** A callee explains at most this much of its caller. */
const MOST = 0.95;
/** Errors and delays come from below as easily as from within. */
const PROPAGATES_SHARE = 0.25;
const OWN_TOP = 3;
const TELLING_MS = 60_000;
const LATER_SHARE = 0.3;

/**
 * Shares by strength of evidence, where nothing adds up: what speaks for the callee against what speaks for the caller
 * itself. Who was odd a minute earlier counts more; what a service writes about its callee counts most.
 */
export function sharesByEvidence(situation: Situation): SharesOf {
  const { graph, evidence } = situation;
  return (service) => {
    const mine = evidence.get(service);
    const hasBacklog = (mine?.items ?? []).some((item) => item.kind === 'saturation' && isBacklog(item.series.name));
    const absent = graph.calleesOf(service).filter(({ to }) => isAbsent(evidence.get(to), hasBacklog));
    // Whoever does not do its work explains what waits for it.
    if (absent.length > 0 && !isMute(mine)) return new Map(absent.map(({ to }) => [to, MOST / absent.length]));
    const callees = graph.calleesOf(service).map(({ to }) => {
      const theirs = evidence.get(to);
      // More requests than usual are sent by somebody: they explain nothing here.
      const strength = theirs === undefined || theirs.demand !== undefined ? 0 : calleeStrength(theirs.items);
      return { to, strength, aheadMs: (mine?.onsetMs ?? NaN) - (theirs?.onsetMs ?? NaN) };
    });
    const sent = graph.calleesOf(service).some(({ to }) => evidence.get(to)?.demand !== undefined);
    const earlier = callees.some(({ strength, aheadMs }) => strength > 0 && aheadMs >= TELLING_MS);
    const own = (ownStrength(mine?.items ?? []) + (sent ? 1 : 0)) * (earlier ? 0.5 : 1);
    const all = sumOf(callees.map(({ strength }) => strength));
    return new Map(
      callees.map(({ to, strength, aheadMs }) => {
        const base = all === 0 ? 0 : (MOST * strength) / (all + own);
        const timed = aheadMs < -TELLING_MS ? LATER_SHARE * base : base;
        return [to, spoken(timed, blamedShare(situation, service, to))];
      }),
    );
  };
}

/** Of the error lines of a service the share that names a callee; undefined without lines that could. */
function blamedShare(situation: Situation, service: string, callee: string): number | undefined {
  const telling = errorLines(situation, service).kinds.filter(({ isVague }) => !isVague);
  const all = sumOf(telling.map(({ count }) => count));
  const naming = telling.filter(({ names }) => names.includes(callee)).map(({ count }) => count);
  return all === 0 ? undefined : sumOf(naming) / all;
}

/** Lines that name the callee raise its share to at least 0.8 of theirs; error lines that do not, lower it. */
function spoken(share: number, blamed: number | undefined): number {
  return blamed === undefined ? share : Math.max(share * (0.6 + 0.4 * blamed), 0.8 * blamed);
}

function ownStrength(items: readonly Evidence[]): number {
  const weighed = items.map(({ kind, strength }) => (propagates(kind) ? PROPAGATES_SHARE : 1) * strength);
  return sumOf(weighed.sort((left, right) => right - left).slice(0, OWN_TOP));
}

/** Says nothing at all, or takes less than usual while work waits: otherwise less is asked for. */
function isAbsent(evidence: ServiceEvidence | undefined, isAwaited: boolean): boolean {
  const takesLess = evidence?.items.some((item) => isIdle(item) || (item.kind === 'requests' && item.deviation.z < 0));
  return isMute(evidence) || (isAwaited && takesLess === true);
}

function calleeStrength(items: readonly Evidence[]): number {
  const telling = items.filter((item) => item.kind !== 'requests' && item.kind !== 'work' && !isIdle(item));
  return sumOf(telling.slice(0, OWN_TOP).map(({ strength }) => strength));
}

function propagates(kind: Evidence['kind']): boolean {
  return kind === 'errors' || kind === 'latency' || kind === 'requests';
}

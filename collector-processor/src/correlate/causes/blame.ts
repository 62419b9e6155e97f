import type { CallGraph } from './call-graph.ts';
import type { ServiceEvidence } from './evidence.ts';
import { sumOf } from './sum-of.ts';

/** Which share of the trouble a service hands on to each of those it calls; what is left is its own. */
export type SharesOf = (service: string) => ReadonlyMap<string, number>;

interface Flow {
  readonly alarmed: string;
  readonly graph: CallGraph;
  readonly evidence: ReadonlyMap<string, ServiceEvidence>;
  readonly sharesOf: SharesOf;
}

/** Of the blame of a service that merely gets more to do, what goes to those who send it. */
const SENDERS_SHARE = 0.9;

/**
 * Shares of the blame, 1 in all. It starts at the alarmed service and flows along the calls: each service keeps what those
 * below it do not explain.
 */
export function blameFlow({ alarmed, graph, evidence, sharesOf }: Flow): ReadonlyMap<string, number> {
  const arriving = new Map([[alarmed, 1]]);
  const kept = new Map<string, number>();
  for (const service of graph.inCallOrder(alarmed)) {
    const blame = arriving.get(service) ?? 0;
    if (blame === 0) continue;
    let left = blame;
    // A cycle: who was asked before is not asked again.
    const shares = [...sharesOf(service)].filter(([callee]) => !kept.has(callee) && callee !== service);
    const all = Math.max(1, sumOf(shares.map(([, share]) => share)));
    for (const [callee, part] of shares) {
      const share = part / all;
      arriving.set(callee, (arriving.get(callee) ?? 0) + blame * share);
      left -= blame * share;
    }
    kept.set(service, left);
  }
  return toSenders(kept, graph, evidence);
}

/** From below upwards, so that what is passed on is passed on again. */
function toSenders(
  kept: Map<string, number>,
  graph: CallGraph,
  evidence: Flow['evidence'],
): ReadonlyMap<string, number> {
  const waiting = new Set([...kept.keys()].reverse());
  // Those that are added while it runs come at the end; who had a turn gets no second one.
  for (const service of waiting) {
    const blame = kept.get(service) ?? 0;
    if (evidence.get(service)?.demand === undefined) continue;
    const senders = graph.callersOf(service).filter((caller) => (evidence.get(caller)?.items.length ?? 0) > 0);
    for (const sender of senders) {
      kept.set(sender, (kept.get(sender) ?? 0) + (SENDERS_SHARE * blame) / senders.length);
      waiting.add(sender);
    }
    if (senders.length > 0) kept.set(service, (1 - SENDERS_SHARE) * blame);
  }
  return kept;
}

import type { CallGraph } from './call-graph.ts';
import {
  type Evidence,
  isIdle,
  isMute,
  MORE_TIMES,
  moreRequests,
  type SeriesEvidence,
  type ServiceEvidence,
} from './evidence.ts';

type Known = ReadonlyMap<string, ServiceEvidence>;

/**
 * The same with what shows that somebody sends a service clearly more than usual. More requests are none of it when they are
 * its own doing: failed ones are asked again, and after a silence it works off what has waited.
 */
export function withDemand(evidence: Known, graph: CallGraph): Known {
  const isMore = (service: string): boolean => moreRequests(evidence.get(service)) !== undefined;
  return new Map(
    [...evidence].map(([service, one]) => {
      const more = moreRequests(one);
      if (more === undefined || isMute(one) || one.items.some(isIdle)) return [service, one];
      const callers = graph.callersOf(service);
      const isAskedAgain = callers.length > 0 && !callers.some(isMore) && !answersMore(more, one.items);
      return [service, isAskedAgain ? one : { ...one, demand: more }];
    }),
  );
}

/** Of what is asked again only the last try is answered: what is answered tells how much is wanted. */
function answersMore({ deviation: requests }: SeriesEvidence, items: readonly Evidence[]): boolean {
  const errors = items.find((item): item is SeriesEvidence => item.kind === 'errors' && item.deviation.now <= 1);
  if (errors === undefined) return true;
  const { now, usual } = errors.deviation;
  return requests.now * (1 - now) >= MORE_TIMES * requests.usual * (1 - usual);
}

import { blameFlow, type SharesOf } from './blame.ts';
import { type CauseCase, onlyMoreIsOdd } from './cause-case.ts';
import { deviationOf, SURE_Z } from './deviation.ts';
import type { ServiceEvidence } from './evidence.ts';
import { sharesByEvidence } from './shares-by-evidence.ts';
import { sharesByMass } from './shares-by-mass.ts';
import type { Situation } from './situation.ts';
import { sumOf } from './sum-of.ts';

/** How much of the trouble is a service's own. */
export interface RankedService {
  readonly service: string;
  /** 0 to 1; all services together 1. */
  readonly blame: number;
  readonly evidence: ServiceEvidence;
}

/** Shares of the blame that differ by less say the same. */
const SAME_BLAME = 0.05;
const SOME_BLAME = 0.1;
/** Below this the alarmed series is as usual, in scales. */
const ODD_Z = 1.5;

/** Ranks services by the share of the trouble that nothing below them explains; most to blame first. */
export function rankServices(situation: Situation): readonly RankedService[] {
  const { facts, evidence } = situation;
  const blame = facts.alarm.service === '' ? byEvidence(evidence) : byFlow(situation);
  return [...evidence.values()]
    .map((one) => ({ service: one.service, blame: blame.get(one.service) ?? 0, evidence: one }))
    .sort(byBlame(facts.earlier ?? []));
}

/** Where blame says nearly the same, what happened before decides: it never outweighs what is seen now. */
function byBlame(earlier: NonNullable<CauseCase['earlier']>) {
  const times = Map.groupBy(earlier, ({ service }) => service);
  const earlierOf = ({ service }: RankedService): number => sumOf((times.get(service) ?? []).map((one) => one.times));
  return (left: RankedService, right: RankedService): number => {
    const steps = Math.round(right.blame / SAME_BLAME) - Math.round(left.blame / SAME_BLAME);
    const order = steps || earlierOf(right) - earlierOf(left) || right.blame - left.blame;
    const otherwise = order || oddness(right.evidence) - oddness(left.evidence);
    return otherwise || left.service.localeCompare(right.service, 'en');
  };
}

/**
 * Whether the alarm itself is out of the ordinary; when it is not, nobody is to be named. One that may be chance has to be
 * confirmed: somebody who is to blame shows something odd.
 */
export function isAlarmOdd({ alarmed, rows }: Situation, services: readonly RankedService[]): boolean {
  const deviation = alarmed && deviationOf(alarmed, rows);
  if (alarmed === undefined || deviation === undefined) return true;
  const z = onlyMoreIsOdd(alarmed.measure) ? deviation.z : Math.abs(deviation.z);
  return z >= SURE_Z || (z >= ODD_Z && services.some(isSuspect));
}

/** Has some of the blame, and shows something odd. */
export function isSuspect({ blame, evidence }: RankedService): boolean {
  return blame >= SOME_BLAME && evidence.items.length > 0;
}

function byFlow(situation: Situation): ReadonlyMap<string, number> {
  const { facts, graph, evidence, alarmed } = situation;
  const weak = sharesByEvidence(situation);
  const kind = alarmed?.measure;
  const strong = kind === 'latency' || kind === 'errors' ? sharesByMass(situation, kind) : () => undefined;
  const sharesOf: SharesOf = (service) => strong(service) ?? weak(service);
  return blameFlow({ alarmed: facts.alarm.service, graph, evidence, sharesOf });
}

/** Nobody knows where it began: each service by its strongest evidence. */
function byEvidence(evidence: Situation['evidence']): ReadonlyMap<string, number> {
  const strongest = [...evidence.values()].map(({ service, items }) => [service, items[0]?.strength ?? 0] as const);
  const all = sumOf(strongest.map(([, strength]) => strength)) || 1;
  return new Map(strongest.map(([service, strength]) => [service, strength / all]));
}

function oddness({ items }: ServiceEvidence): number {
  return sumOf(items.map((item) => (item.kind === 'log' ? item.strength : Math.abs(item.deviation.z))));
}

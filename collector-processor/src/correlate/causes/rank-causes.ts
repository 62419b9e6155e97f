import type { CauseCase } from './cause-case.ts';
import { type ScoredChange, scoreChange } from './change-score.ts';
import { operationalPatterns, type Pattern } from './operational.ts';
import { isAlarmOdd, type RankedService, rankServices } from './rank-services.ts';
import { lookAt } from './situation.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** The whole answer for one incident. */
export interface CauseRanking extends Verdict {
  /** Most to blame first. */
  readonly services: readonly RankedService[];
  /** Best first. */
  readonly changes: readonly ScoredChange[];
  /** What happened without any change. */
  readonly patterns: readonly Pattern[];
  /** Whether the alarm itself is out of the ordinary. */
  readonly isOdd: boolean;
  /** Services that suffer from it, most first. */
  readonly victims: readonly string[];
}

/** Services first, then which change, if any, explains the first of them. The same case gives the same answer. */
export function rankCauses(facts: CauseCase): CauseRanking {
  const situation = lookAt(facts);
  const services = rankServices(situation);
  const first = services[0]?.service ?? '';
  const patterns = operationalPatterns(first, situation);
  const changes = facts.changes
    .map((change) => scoreChange(change, services, situation))
    .sort((left, right) => right.score - left.score || left.change.id.localeCompare(right.change.id, 'en'));
  const isOdd = isAlarmOdd(situation, services);
  return {
    services,
    changes,
    patterns,
    isOdd,
    ...verdictOf(changes, patterns, isOdd),
    victims: victimsOf(services, first),
  };
}

/** Whoever is odd beside the first. */
function victimsOf(services: readonly RankedService[], first: string): readonly string[] {
  return services
    .filter(({ service, evidence }) => service !== first && evidence.items.some(({ kind }) => kind !== 'requests'))
    .map(({ service }) => service);
}

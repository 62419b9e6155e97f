import type { Place } from '../../model/service-link.ts';
import type { Neighbourhood } from '../incidents/affinity.ts';

/** Sets of names of services; `*` stands for any text. */
export interface GroupingRules {
  /** Those of one set count as if one called the other. */
  readonly together: readonly (readonly string[])[];
  /** Calls between those of one set do not count. */
  readonly apart: readonly (readonly string[])[];
}

/** What telemetry shows of who is next to whom, corrected by what people know. */
export function ruledNeighbourhood(learned: Neighbourhood, { together, apart }: GroupingRules): Neighbourhood {
  const [joined, parted] = [together.map(memberTest), apart.map(memberTest)];
  const areBoth = (sets: readonly ((service: string) => boolean)[], [left, right]: readonly [string, string]) =>
    sets.some((isIn) => isIn(left) && isIn(right));
  return {
    runsAt: (place, service, where) => learned.runsAt(place, service, where),
    distance(place: Place, pair: readonly [string, string], most: number): number {
      if (pair[0] === pair[1]) return 0;
      if (areBoth(parted, pair)) return Infinity;
      return areBoth(joined, pair) ? 1 : learned.distance(place, pair, most);
    },
  };
}

function memberTest(names: readonly string[]): (service: string) => boolean {
  const patterns = names.map(patternOf);
  return (service) => patterns.some((pattern) => pattern.test(service));
}

function patternOf(name: string): RegExp {
  const literal = name.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*')}$`);
}

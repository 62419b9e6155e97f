import { createDraws } from '../faults/random-draws.ts';
import { type Happening, kindNames, planHappening } from './scenario.ts';
import { planTown, type Town } from './town/plan.ts';

export interface TownPlan {
  readonly town: Town;
  readonly startMs: number;
  readonly endMs: number;
  readonly happenings: readonly Happening[];
  readonly seed: number;
}

const MINUTE_MS = 60_000;
/** A Tuesday. */
const START_MS = Date.UTC(2026, 2, 3, 6);
const WARM_MS = 100 * MINUTE_MS;
/** From one trouble to the next: the last has to be over and closed by then. */
const SLOT_MS = 36 * MINUTE_MS;

/** A town of its own shape in which everything happens once, in any order. */
export function planOneTown(seed: number, kinds: readonly string[] = kindNames): TownPlan {
  const draws = createDraws(seed);
  const town = planTown(draws.fork());
  const order = [...kinds].map((kind) => ({ kind, at: draws.uniform() })).sort((left, right) => left.at - right.at);
  const happenings = order.map(({ kind }, number) => {
    const startMs = START_MS + WARM_MS + number * SLOT_MS + Math.floor(draws.between(0, 5 * MINUTE_MS));
    const turned = draws.uniform() < 0.5 ? town.systems : town.systems.toReversed();
    const [system, other] = [turned[0]!, turned[1]!];
    return planHappening(kind, {
      ...{ town, draws: draws.fork(), system, other, startMs },
      endMs: startMs + Math.floor(draws.between(6, 10) * MINUTE_MS),
    });
  });
  return { town, startMs: START_MS, endMs: START_MS + WARM_MS + order.length * SLOT_MS, happenings, seed };
}

import { createDraws } from '../faults/random-draws.ts';
import { type Happening, kindNames, planHappening } from './scenario.ts';
import { planTown, type Town } from './town/plan.ts';

export interface TownPlan {
  readonly town: Town;
  readonly startMs: number;
  /** All is well until then, and the product learns. */
  readonly warmMs: number;
  /** Each begins anew where the quiet time ended: none leaves traces for another. */
  readonly happenings: readonly Happening[];
  readonly seed: number;
}

const MINUTE_MS = 60_000;
/** A Tuesday. */
const START_MS = Date.UTC(2026, 2, 3, 6);
const WARM_MS = 90 * MINUTE_MS;
/** After which a happening begins: so long a past is known of each series. */
const BEFORE_MS = 20 * MINUTE_MS;

/** A town of its own shape in which everything may happen. */
export function planOneTown(seed: number, kinds: readonly string[] = kindNames): TownPlan {
  const draws = createDraws(seed);
  const town = planTown(draws.fork());
  const warmMs = START_MS + WARM_MS;
  const happenings = kinds.map((kind) => {
    const startMs = warmMs + BEFORE_MS + Math.floor(draws.between(0, MINUTE_MS));
    const turned = draws.uniform() < 0.5 ? town.systems : town.systems.toReversed();
    const [system, other] = [turned[0]!, turned[1]!];
    return planHappening(kind, {
      ...{ town, draws: draws.fork(), system, other, startMs },
      endMs: startMs + Math.floor(draws.between(5, 8) * MINUTE_MS),
    });
  });
  return { town, startMs: START_MS, warmMs, happenings, seed };
}

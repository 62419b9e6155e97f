import { runFleet } from './metrics/fleet.ts';
import type { FleetPlan } from './metrics/plan.ts';
import { createPipeline } from './pipeline.ts';
import { RivalWatch } from './rivals/watch.ts';
import { DAY_MS, MINUTE_MS } from './series/season.ts';
import type { Sighting } from './sighting.ts';

/** What the product and its rivals said about the same telemetry. */
export interface Told {
  readonly sightings: readonly Sighting[];
  readonly rivals: ReturnType<RivalWatch['results']>;
  /** Days of series, as a store of metrics would count them: a histogram has a rate and a mean. */
  readonly seriesDays: number;
}

export function watchFleet(plan: FleetPlan): Told {
  const pipeline = createPipeline(plan.startMs);
  const watch = new RivalWatch();
  runFleet({ pipeline, ...plan, onReading: (place, seen) => watch.take(place, seen) });
  return {
    sightings: pipeline.sightings(),
    rivals: watch.results(),
    seriesDays: (watch.seriesSteps * MINUTE_MS) / DAY_MS,
  };
}

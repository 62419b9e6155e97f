import type { Labelled } from './label.ts';
import { planWriters, type WritersSize } from './lines/plan.ts';
import { runWriters } from './lines/run.ts';
import { runFleet } from './metrics/fleet.ts';
import type { FleetPlan } from './metrics/plan.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { planShops, type ShopsSize } from './requests/plan.ts';
import { runShops } from './requests/run.ts';
import { RivalWatch } from './rivals/watch.ts';
import { DAY_MS, MINUTE_MS } from './series/season.ts';
import type { Sighting } from './sighting.ts';

/** What the product and its rivals said about the same telemetry. */
export interface Told {
  readonly labelled: Labelled;
  readonly sightings: readonly Sighting[];
  readonly rivals: ReturnType<RivalWatch['results']>;
  /** Days of series, as a store of metrics would count them: a histogram has a rate and a mean. */
  readonly seriesDays: number;
}

export function watchFleet(plan: FleetPlan): Told {
  return watch(plan, (pipeline, rivals) =>
    runFleet({ pipeline, ...plan, onReading: (place, seen) => rivals.take(place, seen) }),
  );
}

export function watchShops(size: ShopsSize): Told {
  const plan = planShops(size);
  return watch(plan, (pipeline, rivals) => runShops(plan, pipeline, rivals));
}

export function watchWriters(size: WritersSize): Told {
  const plan = planWriters(size);
  return watch(plan, (pipeline, rivals) => runWriters(plan, pipeline, rivals));
}

function watch(
  labelled: Labelled & { readonly startMs: number },
  run: (pipeline: Pipeline, rivals: RivalWatch) => void,
): Told {
  const pipeline = createPipeline(labelled.startMs);
  const rivals = new RivalWatch();
  run(pipeline, rivals);
  const seriesDays = (rivals.seriesSteps * MINUTE_MS) / DAY_MS;
  return { labelled, sightings: pipeline.sightings(), rivals: rivals.results(), seriesDays };
}

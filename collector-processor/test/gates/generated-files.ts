import { judge } from '../../bench/faults/judge.ts';
import { runFleet } from '../../bench/faults/metrics/fleet.ts';
import { type FleetPlan, planFaults, planQuiet } from '../../bench/faults/metrics/plan.ts';
import { createPipeline } from '../../bench/faults/pipeline.ts';
import type { ScoreOptions } from '../../src/score/options.ts';
import { fileScore, type ScoreFiles } from './file-score.ts';

/** A service of each kind of fault: event F1. Quiet services: what false findings cost. */
const faults = { servicesPerKind: 1, warmDays: 2, seed: 7 };
const quiet = { services: 6, seriesEach: 5, days: 2, seed: 8 };
const COST = 20;

function sightingsOf(plan: FleetPlan, changes: Partial<ScoreOptions>) {
  const pipeline = createPipeline(plan.startMs, changes);
  runFleet({ pipeline, ...plan, onReading: () => undefined });
  return pipeline.sightings();
}

export const scoreGenerated: ScoreFiles = (changes = {}) => {
  const ill = planFaults(faults);
  const well = planQuiet(quiet);
  const told = sightingsOf(well, changes);
  return [
    ...judge(ill, sightingsOf(ill, changes), 'notice').kinds.map(({ kind, f1 }) => fileScore(kind, 100 * f1)),
    ...[...well.kindOf.keys()].map((name) =>
      fileScore(name, -COST * told.filter(({ service }) => service === name).length),
    ),
  ];
};

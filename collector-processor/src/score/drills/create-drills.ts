import type { ScoreOptions } from '../options.ts';
import { type JudgeParts, SeriesJudge } from '../series-judge.ts';
import { type DrillParts, Drills } from './drills.ts';

type DrillSources = Omit<JudgeParts, 'options'> &
  Pick<DrillParts, 'nowMs' | 'metrics'> & { readonly options: ScoreOptions };

/** Undefined when the settings ask for none. */
export function createDrills({ nowMs, metrics, ...judged }: DrillSources): Drills | undefined {
  const { options: live, detectors, findings } = judged;
  const { drills: options } = live;
  if (!options.enabled || options.kinds.length === 0) return undefined;
  return new Drills({ options, live, detectors, judge: new SeriesJudge(judged), findings, nowMs, metrics });
}

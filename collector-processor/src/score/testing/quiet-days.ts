import type { ScoreOptions } from '../options.ts';
import { quietKinds } from './quiet-series.ts';
import { createRandom } from './random.ts';
import { createSeriesRunner } from './series-runner.ts';

export interface QuietDays {
  readonly kind: string;
  readonly seriesDays: number;
  readonly notices: number;
  readonly pages: number;
}

const STEPS_PER_DAY = 8640;

/** False findings on quiet series of every kind: so many series of each, so many days of 10 s steps. */
export function measureQuietDays(
  series: number,
  days: number,
  seed = 0,
  changes: Partial<ScoreOptions> = {},
): QuietDays[] {
  return Object.entries(quietKinds).map(([kind, create]) => {
    let notices = 0;
    let pages = 0;
    for (let one = 0; one < series; one++) {
      const { measure, next } = create(createRandom(seed + one * 7919 + kind.length * 104_729));
      const runner = createSeriesRunner(measure, changes);
      for (let step = 0; step < days * STEPS_PER_DAY; step++) runner.step(next(step));
      const paging = new Set(
        runner.events.filter(({ anomaly }) => anomaly.border === 'page').map(({ anomaly }) => anomaly.id),
      );
      notices += runner.opened().length;
      pages += paging.size;
    }
    return { kind, seriesDays: series * days, notices, pages };
  });
}

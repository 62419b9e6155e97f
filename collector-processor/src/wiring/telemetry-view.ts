import type { TelemetryView } from '../correlate/causes/build-case.ts';
import type { SeriesKnown } from '../correlate/causes/case-series.ts';
import type { ScoreStage } from '../score/score-stage.ts';

/** Listing every series takes a while; incidents that are ranked one after the other share a list. */
const FRESH_MS = 2_000;

type Where = Pick<ScoreStage, 'whereabouts'>;
type Known = Pick<ScoreStage, 'series' | 'steps' | 'links' | 'whereabouts'>;

/** What the score stage knows, as the ranking of causes looks at it. `nowMs` is monotonic. */
export function telemetryView(score: () => Known, nowMs: () => number): TelemetryView & Where {
  let known: readonly SeriesKnown[] = [];
  let listedAtMs = -Infinity;
  return {
    series() {
      if (nowMs() - listedAtMs >= FRESH_MS) {
        listedAtMs = nowMs();
        known = Array.from(score().series(0), ({ item: { series, title } }) => ({ series, title }));
      }
      return known;
    },
    steps: (seriesId) => score().steps(seriesId),
    links: () => score().links(),
    whereabouts: () => score().whereabouts(),
  };
}

import type { TelemetryView } from '../correlate/causes/build-case.ts';
import type { ScoreStage } from '../score/score-stage.ts';

const EVER = { fromMs: 0, toMs: Infinity };

/** What the score stage knows, as the ranking of causes looks at it. */
export function telemetryView(score: () => ScoreStage): TelemetryView {
  return {
    *series() {
      for (const { item } of score().series(0)) yield { series: item.series, title: item.title };
    },
    steps: (seriesId) => score().history(seriesId, EVER),
    links: () => score().links(),
  };
}

import { createDataFrame, type DataFrame, type FieldConfig, FieldType, ThresholdsMode } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { SeriesHistory } from '../../api/series';
import { unitOf } from '../../grafana/format-value';

/** What the sidecar measured, expected and scored as a frame for Grafana's time series panel: line, band, score. */
export function seriesFrame({
  series,
  stepMs,
  timeMs,
  value,
  expected,
  lower,
  upper,
  score,
}: SeriesHistory): DataFrame {
  const unit = unitOf(series);
  const lowerName = t('evidence.lower', 'Expected, lower end');
  const field = (name: string, values: ReadonlyArray<number | null>, config: FieldConfig) => ({
    name,
    type: FieldType.number,
    values: [...values],
    config: { ...config, displayName: name },
  });
  return createDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: [...timeMs], config: { interval: stepMs } },
      // Drawn in this order: what was measured lies above all else.
      field(t('evidence.score', 'Score'), score, { unit: 'short', max: scoreAxisEnd(score), ...looks.score }),
      field(lowerName, lower, { unit, ...looks.edge }),
      field(t('evidence.upper', 'Expected, upper end'), upper, { unit, ...bandDownTo(lowerName) }),
      field(t('evidence.expected', 'Expected'), expected, { unit, ...looks.expected }),
      field(t('evidence.observed', 'Observed'), value, { unit, ...looks.observed }),
    ],
  });
}

const fixed = (fixedColor: string) => ({ mode: 'fixed', fixedColor });

/** Told apart by width, dash and axis too, not by color alone. */
const looks = {
  observed: { color: fixed('blue'), custom: { lineWidth: 2, fillOpacity: 0 } },
  expected: {
    color: fixed('text'),
    custom: { lineWidth: 1, fillOpacity: 0, lineStyle: { fill: 'dash', dash: [4, 4] } },
  },
  edge: { color: fixed('text'), custom: { lineWidth: 0, fillOpacity: 0, hideFrom: { legend: true } } },
  score: {
    color: fixed('dark-orange'),
    min: 0,
    custom: {
      axisPlacement: 'right',
      lineWidth: 1,
      fillOpacity: 15,
      thresholdsStyle: { mode: 'dashed' },
    },
    thresholds: {
      mode: ThresholdsMode.Absolute,
      steps: [
        { value: -Infinity, color: 'transparent' },
        { value: 1, color: 'dark-orange' },
      ],
    },
  },
} as const satisfies Record<string, FieldConfig>;

function bandDownTo(fillBelowTo: string): FieldConfig {
  return { ...looks.edge, custom: { ...looks.edge.custom, fillBelowTo, fillOpacity: 15 } };
}

/** The score keeps to the lower half, so that it does not lie over the line whose shape it has. */
function scoreAxisEnd(score: ReadonlyArray<number | null>): number {
  return 2 * score.reduce<number>((most, value) => Math.max(most, value ?? 0), 2);
}

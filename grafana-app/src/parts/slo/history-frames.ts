import { createDataFrame, type DataFrame, type FieldConfig, FieldType, ThresholdsMode } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { SloHistory, SloTier } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { crossingText } from '../../components/slo/slo-words';
import { cut } from '../../components/timeline/describe-mark';

const fixed = (fixedColor: string) => ({ mode: 'fixed', fixedColor });

/** What was left of the budget; where corrections changed it, also what it were without them. */
export function leftFrame({ stepMs, timeMs, left, leftUncorrected, corrections }: SloHistory): DataFrame {
  const zero = {
    mode: ThresholdsMode.Absolute,
    steps: [
      { value: -Infinity, color: 'red' },
      { value: 0, color: 'transparent' },
    ],
  };
  const config: FieldConfig = { unit: 'percentunit', thresholds: zero, custom: { thresholdsStyle: { mode: 'area' } } };
  const uncorrected = {
    name: t('slo.left-uncorrected', 'Without corrections'),
    type: FieldType.number,
    values: [...leftUncorrected],
    config: { unit: 'percentunit', color: fixed('text'), custom: { lineWidth: 1, lineStyle: dashed } },
  };
  return createDataFrame({
    fields: [
      timeField(timeMs, stepMs),
      ...(corrections.length === 0 ? [] : [uncorrected]),
      {
        name: t('slos.left', 'Budget left'),
        type: FieldType.number,
        values: [...left],
        config: { ...config, color: fixed('blue'), custom: { ...config.custom, lineWidth: 2, fillOpacity: 10 } },
      },
    ],
  });
}

/** Burn rates over the two windows of a tier, and the limit that both have to be over. */
export function burnFrame({ stepMs, timeMs, rates }: SloHistory, tier: SloTier): DataFrame {
  const rateField = (window: string, lineWidth: number) => ({
    name: t('slo.rate-over', 'Over {{window}}', { window, interpolation: unescaped }),
    type: FieldType.number,
    values: [...(rates.find((one) => one.window === window)?.rate ?? timeMs.map(() => null))],
    config: { unit: 'suffix:x', color: fixed(lineWidth > 1 ? 'blue' : 'purple'), custom: { lineWidth } },
  });
  const limit = {
    name: t('slo.limit', 'Limit'),
    type: FieldType.number,
    values: timeMs.map(() => tier.limit),
    config: { unit: 'suffix:x', color: fixed('red'), custom: { lineWidth: 1, lineStyle: dashed } },
  };
  return createDataFrame({
    fields: [timeField(timeMs, stepMs), rateField(tier.shortWindow, 1), rateField(tier.longWindow, 2), limit],
  });
}

/** What was taken out, what nobody knows, and where the budget began to burn worse: as marks of Grafana's. */
export function markFrame({ corrections, gaps, crossings }: SloHistory): DataFrame {
  const marks = [
    ...corrections.map(({ correction: { fromMs, toMs, reason } }) => ({
      fromMs,
      toMs,
      color: 'purple',
      text: t('slo.mark-correction', 'Taken out: {{reason}}', { reason: cut(reason), interpolation: unescaped }),
    })),
    ...gaps.map((gap) => ({ ...gap, color: 'text', text: t('slo.mark-gap', 'Nobody knows how it was') })),
    ...crossings.map((crossing) => ({
      ...{ fromMs: crossing.atMs, toMs: crossing.atMs, color: crossing.to === 'none' ? 'green' : 'red' },
      text: cut(crossingText(crossing)),
    })),
  ];
  const column = <Value>(name: string, type: FieldType, of: (mark: (typeof marks)[number]) => Value) => ({
    name,
    type,
    values: marks.map(of),
    config: {},
  });
  return createDataFrame({
    fields: [
      column('time', FieldType.time, ({ fromMs }) => fromMs),
      column('timeEnd', FieldType.time, ({ toMs }) => toMs),
      column('isRegion', FieldType.boolean, ({ fromMs, toMs }) => toMs > fromMs),
      column('text', FieldType.string, ({ text }) => text),
      column('title', FieldType.string, () => ''),
      column('color', FieldType.string, ({ color }) => color),
    ],
  });
}

const dashed = { fill: 'dash', dash: [4, 4] };

function timeField(timeMs: readonly number[], stepMs: number) {
  return { name: 'time', type: FieldType.time, values: [...timeMs], config: { interval: stepMs } };
}

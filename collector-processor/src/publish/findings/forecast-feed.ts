import type { Forecast } from '../../model/forecast.ts';
import { encodeMessage } from '../../model/otlp/encode.ts';
import type { Plain } from '../../model/otlp/plain-message.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { ScoreSeriesOptions } from './finding-options.ts';
import { nanosOf } from './nanos.ts';
import { scoreLabels } from './score-labels.ts';

interface ForecastFeedParts {
  readonly options: ScoreSeriesOptions;
  readonly mask: Mask;
}

/**
 * Forecasts → gauges in vmanomaly's shape: what is expected at an offset stands at the time of the forecast in a series of
 * that offset's own (`yhat_1d`, `yhat_lower_1d`, `yhat_upper_1d`), and `days_left`, `days_left_lower`, `days_left_upper`
 * beside them. No resource and no scope, as with the scores.
 */
export function createForecastFeed({
  options,
  mask,
}: ForecastFeedParts): (forecasts: readonly Forecast[]) => Uint8Array {
  return (forecasts) => {
    const byName = new Map<string, Plain<'NumberDataPoint'>[]>();
    for (const forecast of forecasts) {
      const { series, unit, kind, timeMs } = forecast;
      const source = { ...series, unit, measure: 'value', pointKind: 'gauge' } as const;
      const attributes = [
        ...scoreLabels(source, { options, mask }),
        { key: 'resource_kind', value: { stringValue: kind } },
      ];
      for (const [name, asDouble] of valuesOf(forecast)) {
        // A time that cannot be seen has no point.
        if (!Number.isFinite(asDouble)) continue;
        const points = byName.get(name) ?? [];
        byName.set(name, points);
        points.push({ timeUnixNano: nanosOf(timeMs), asDouble, attributes });
      }
    }
    const metrics = [...byName].map(([name, dataPoints]) => ({ name, gauge: { dataPoints } }));
    return encodeMessage('ExportMetricsServiceRequest', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
  };
}

function valuesOf({ left, at }: Forecast): (readonly [name: string, value: number])[] {
  const days = [
    ['days_left', left.expected],
    ['days_left_lower', left.soonest],
    ['days_left_upper', left.latest],
  ] as const;
  const ahead = at.flatMap(({ offset, expected, lower, upper }) => [
    [`yhat_${offset}`, expected] as const,
    [`yhat_lower_${offset}`, lower] as const,
    [`yhat_upper_${offset}`, upper] as const,
  ]);
  return [...days, ...ahead];
}

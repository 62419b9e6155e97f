import type { Forecast, ForecastDetail, Supposition } from '../../model/forecast.ts';
import { aSeries, NOON } from '../../store/testing/builders.ts';

const kinds = ['disk', 'memory', 'certificate'] as const;

/** The first runs out, the second never does, the third is a certificate. */
export function aForecast(number: number): Forecast {
  const id = number.toString(16).padStart(16, '0');
  const expected = [3.2, Number.NaN, 40][number] ?? 0;
  return {
    series: aSeries({ id, signal: 'metrics', measure: 'days_left', service: number === 0 ? 'db' : 'cart' }),
    kind: kinds[number] ?? 'other',
    unit: 'By',
    title: `Resource ${number} of ${number === 0 ? 'db' : 'cart'}`,
    state: number === 0 ? 'short' : 'steady',
    sentence: `Resource ${number} is full in ${expected} days.`,
    timeMs: NOON,
    used: 71,
    capacity: 100,
    perDay: 9,
    left: { soonest: expected - 1, expected, latest: Number.POSITIVE_INFINITY },
    at: [{ offset: '1d', timeMs: NOON, expected: 80, lower: 75, upper: 85 }],
  };
}

export function supposedForecast(id: string, { growth, capacity = 100 }: Supposition): ForecastDetail | undefined {
  const forecast = aForecast(0);
  if (id !== forecast.series.id) return undefined;
  const expected = (capacity - 71) / (9 * growth);
  const left = { soonest: expected, expected, latest: Number.NaN };
  return { forecast, history: [{ timeMs: NOON, value: 71 }], ahead: forecast.at, supposed: left };
}

import type { Forecast, ForecastDetail, ForecastPoint, Supposition } from '../../model/forecast.ts';
import type { CapacitySeries } from './capacity-series.ts';
import { daysLeftOf, signOf, turned } from './describe-forecast.ts';
import { expectedAt, timeLeft } from './outlook.ts';
import { daysOf } from './time-left.ts';

/** Points of the forecast that are drawn. */
const POINTS = 48;

/** The whole picture of one resource, and the answer to "what if". About a millisecond. */
export function detailOf(series: CapacitySeries, forecast: Forecast, supposition: Supposition): ForecastDetail {
  const { outlook, fine, coarse } = series;
  const sign = signOf(series);
  const ring = outlook?.stepMs === coarse.stepMs ? coarse : fine;
  const values = ring.all();
  const endMs = (ring.newest + 1) * ring.stepMs;
  const history = [...values].flatMap((value, i) =>
    Number.isNaN(value) ? [] : { timeMs: endMs - (values.length - 1 - i) * ring.stepMs, value: sign * value },
  );
  return { forecast, history, ahead: aheadOf(series), supposed: supposedLeft(series, supposition) };
}

function aheadOf(series: CapacitySeries): ForecastPoint[] {
  const { outlook } = series;
  if (outlook === undefined) return [];
  const stepMs = Math.ceil(outlook.reachMs / POINTS / outlook.stepMs) * outlook.stepMs;
  return Array.from({ length: Math.floor(outlook.reachMs / stepMs) }, (_unused, i) => {
    const ahead = (i + 1) * stepMs;
    return { timeMs: outlook.endMs + ahead, ...turned(expectedAt(outlook, ahead), signOf(series)) };
  });
}

function supposedLeft(series: CapacitySeries, { growth, capacity: other }: Supposition) {
  const { outlook, level, capacity: known, sampledMs } = series;
  const capacity = other === undefined ? known : signOf(series) * other;
  if (outlook === undefined) return daysLeftOf(series);
  if (level >= capacity) return { soonest: 0, expected: 0, latest: 0 };
  return daysOf(timeLeft(outlook, { growth, capacity }), outlook.endMs - sampledMs);
}

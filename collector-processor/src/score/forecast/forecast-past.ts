import type { HistoryOutcome, ReadHistory } from '../../model/history.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { CapacityInput } from './capacity-reading.ts';
import type { CapacityRole } from './capacity-rules.ts';
import type { CapacitySeries } from './capacity-series.ts';
import type { SeriesPlaces } from './series-places.ts';
import type { TimeRing } from './time-ring.ts';

export interface ForecastPastParts {
  readonly places: Pick<SeriesPlaces, 'list'>;
  readonly read: ReadHistory;
  readonly clock: Clock;
  /** How far back is asked for, and when again after a failure. Milliseconds. */
  readonly span: number;
  readonly retryAfter: number;
}

const IDLE_MS = 1000;
/** What says how much is used, the best one first. */
const TELLING: readonly CapacityRole[] = ['after_collection', 'used', 'left', 'ratio', 'percent', 'free'];

/** Fills the weeks of resources from the metrics store, one resource at a time, until the signal aborts. */
export async function fillPast(parts: ForecastPastParts, signal: AbortSignal): Promise<void> {
  const { places, clock, retryAfter } = parts;
  const retryAt = new WeakMap<CapacitySeries, number>();
  const wants = (series: CapacitySeries): boolean =>
    !series.asked && !Number.isNaN(series.level) && clock.monotonicMs() >= (retryAt.get(series) ?? 0);
  while (!signal.aborted) {
    const series = places.list().find(wants);
    if (series === undefined) await clock.sleep(IDLE_MS, signal);
    else if (await fill(series, parts, signal)) series.asked = true;
    else retryAt.set(series, clock.monotonicMs() + retryAfter);
  }
}

/** False when the store has to be asked again. */
async function fill(series: CapacitySeries, parts: ForecastPastParts, signal: AbortSignal): Promise<boolean> {
  const input = TELLING.flatMap((role) => series.inputs.find((one) => one.role === role) ?? [])[0];
  const stored = input?.stored;
  if (input === undefined || stored === undefined || series.basis === 'expiry') return true;
  for (const ring of [series.coarse, series.fine]) {
    const { stepMs } = ring;
    const toMs = ring.newest * stepMs;
    const fromMs = toMs - Math.min(parts.span, (ring.values.length - 1) * stepMs);
    const request = { series: stored, fromMs, toMs, stepMs, counter: 'cumulative' } as const;
    const outcome = await parts.read(request, signal);
    if (outcome.kind === 'failed') return false;
    take(ring, outcome, (value) => levelOf(value, input, series));
  }
  series.look();
  return true;
}

function take(ring: TimeRing, outcome: HistoryOutcome, levelAt: (value: number) => number): void {
  if (outcome.kind !== 'values') return;
  outcome.value.forEach((value, i) => ring.add((outcome.timeMs[i] as number) - 1, levelAt(value)));
}

/** As the series has it: rising to its capacity. */
function levelOf(value: number, { role }: CapacityInput, { capacity }: CapacitySeries): number {
  if (role === 'left') return -value;
  if (role === 'percent') return value / 100;
  return role === 'free' ? capacity - value : value;
}

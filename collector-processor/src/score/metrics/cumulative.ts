import { StreamNumber, type StreamStore } from '../state/stream-store.ts';

/** What a cumulative point adds since the one before. One object is reused. */
export interface Advance {
  /** NaN when the point only sets a new base. */
  delta: number;
  /** Seconds the delta covers. */
  seconds: number;
  /** The count started anew, so bucket counts have to as well. */
  reset: boolean;
  /** What is known of it began anew: its process did. */
  restarted: boolean;
}

/** Clocks of a dead process and its successor may differ by this much. */
const SKEW_MS = 2000;
/** A stream that started so recently has its whole past in its first point; an older one has more than a step in it. */
const FRESH_MS = 120_000;

/**
 * Difference of a monotonic cumulative stream. It was reset when its start time moves past its last point, or when the
 * value falls; what was counted since is the delta then. Start times that go back, or forward to before the last point,
 * mean that two writers share the stream, and so do falls that keep coming without a new start time. The first point of a
 * stream sets a base, unless its process has just started: what came since is the delta then, as after a restart.
 */
export function advance(
  streams: StreamStore,
  stream: number,
  startMs: number,
  timeMs: number,
  value: number,
  into: Advance,
): void {
  const { numbers } = streams;
  const at = streams.at(stream);
  const lastStart = numbers[at + StreamNumber.startMs] as number;
  const lastTime = numbers[at + StreamNumber.lastTimeMs] as number;
  const last = numbers[at + StreamNumber.lastValue] as number;
  const restarted = startMs > lastStart && startMs >= lastTime - SKEW_MS;
  const fell = value < last;
  into.reset = startMs !== lastStart || fell;
  into.restarted = !Number.isNaN(last) && (restarted || fell);
  into.delta = into.reset ? value : value - last;
  into.seconds = (timeMs - (restarted ? startMs : lastTime)) / 1000;
  if (Number.isNaN(last)) {
    const age = timeMs - startMs;
    const isFresh = startMs > 0 && age > SKEW_MS && age <= FRESH_MS;
    into.delta = isFresh ? value : NaN;
    into.seconds = age / 1000;
  } else if (startMs !== lastStart && !restarted) {
    streams.conflict(stream);
    into.delta = NaN;
  } else if (fell && !restarted) {
    streams.conflict(stream);
  } else {
    streams.heal(stream);
  }
  numbers[at + StreamNumber.startMs] = startMs;
  numbers[at + StreamNumber.lastValue] = value;
}

/** Lanes of a timeline, top to bottom. Color only repeats what lane and shape say; the tokens reach 3:1 in both themes. */
export const laneIds = ['state', 'change', 'metric', 'log', 'trace', 'alert', 'budget', 'action', 'note'] as const;
export type KnownLane = (typeof laneIds)[number];
/** Frames may name lanes of their own; they stand below the known ones. */
export type LaneId = string;

/** Height of a lane whose bars fit into three rows. */
export const laneHeight = 28;

export type Shape = 'bar' | 'band' | 'pill' | 'triangle' | 'square' | 'pennant' | 'diamond' | 'ring';

interface LaneStyle {
  /** Name in Grafana's visualization palette; empty is the secondary text color. */
  readonly color: string;
  readonly shape: Shape;
  /** Points stand for themselves or gather to one mark with a count; bars may gather to columns. */
  readonly gathers: 'points' | 'columns';
}

const styles: Readonly<Record<KnownLane, LaneStyle>> = {
  state: { color: '', shape: 'band', gathers: 'columns' },
  change: { color: 'purple', shape: 'triangle', gathers: 'points' },
  metric: { color: 'dark-orange', shape: 'bar', gathers: 'columns' },
  log: { color: 'dark-orange', shape: 'bar', gathers: 'columns' },
  trace: { color: 'dark-orange', shape: 'bar', gathers: 'columns' },
  alert: { color: 'red', shape: 'diamond', gathers: 'points' },
  budget: { color: 'red', shape: 'bar', gathers: 'columns' },
  action: { color: 'blue', shape: 'pill', gathers: 'columns' },
  note: { color: '', shape: 'ring', gathers: 'points' },
};

const unknown: LaneStyle = { color: '', shape: 'bar', gathers: 'columns' };

export function laneStyle(lane: LaneId): LaneStyle {
  return isKnownLane(lane) ? styles[lane] : unknown;
}

export function isKnownLane(lane: LaneId): lane is KnownLane {
  return (laneIds as readonly string[]).includes(lane);
}

/** Lanes of what was odd: each of their events is an anomaly, with details to open. */
export const anomalyLanes: readonly LaneId[] = ['metric', 'log', 'trace'];

/** The lanes that have events: known ones in their order, then the others by name. */
export function orderLanes(lanes: Iterable<LaneId>): LaneId[] {
  const present = new Set(lanes);
  const others = [...present].filter((lane) => !isKnownLane(lane)).sort();
  return [...laneIds.filter((lane) => present.has(lane)), ...others];
}

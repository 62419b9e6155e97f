/** Lanes of a timeline, top to bottom. Color only repeats what lane and shape say; the tokens reach 3:1 in both themes. */
export const laneIds = ['state', 'change', 'metric', 'log', 'trace', 'alert', 'budget', 'action', 'note'] as const;
export type LaneId = (typeof laneIds)[number];

/** Lanes that draw bars and may gather them into columns. */
export const signalLanes: readonly LaneId[] = ['metric', 'log', 'trace'];

export const laneHeight = 28;

/** Names of Grafana's visualization palette; an empty one means the secondary text color. */
export const laneColors: Readonly<Record<LaneId, string>> = {
  state: '',
  change: 'purple',
  metric: 'dark-orange',
  log: 'dark-orange',
  trace: 'dark-orange',
  alert: 'red',
  budget: 'red',
  action: 'blue',
  note: '',
};

export function isLaneId(text: string): text is LaneId {
  return (laneIds as readonly string[]).includes(text);
}

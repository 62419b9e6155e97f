import type { Measure } from '../model/anomaly.ts';

/**
 * What the measures have in common with the noise they carry, one row each.
 *
 * `level` is the value on a scale where noise is about even: counts by Anscombe's root (a Poisson count has noise 1 there),
 * a share of events by twice the arc sine of its root (noise 1/root of the events), durations and sizes by an inverse hyperbolic sine, which is a logarithm that also takes zero and negative values.
 */
export interface MeasureProfile {
  readonly scale: 'plain' | 'count' | 'log' | 'share';
  /** `up`: a fall is good news and no finding. */
  readonly direction: 'both' | 'up' | 'down';
  /** Noise that is always believed, as standard deviation on the scale and as a share of the level. */
  readonly floor: number;
  readonly relativeFloor: number;
  /** A smaller change is no finding however rare: share of what was expected, and in units of the measure. */
  readonly minimumShare: number;
  readonly minimumChange: number;
  /** A quantile of fewer items is the word of a single one. */
  readonly minimumEvents: number;
  /** A finding that lasts this many times `new_normal_after` becomes the new normal. */
  readonly patience: number;
  /** What adds up by itself needs no second odd step. */
  readonly atOnce: boolean;
}

const latency: MeasureProfile = {
  scale: 'log',
  direction: 'up',
  floor: 0.04,
  relativeFloor: 0,
  minimumShare: 0.25,
  minimumChange: 1e6,
  minimumEvents: 0,
  patience: 1,
  atOnce: false,
};
const records: MeasureProfile = {
  scale: 'count',
  direction: 'up',
  floor: 1,
  relativeFloor: 0,
  minimumShare: 1,
  minimumChange: 0,
  minimumEvents: 0,
  patience: 1,
  atOnce: false,
};
const happening: MeasureProfile = {
  scale: 'plain',
  direction: 'up',
  floor: 0,
  relativeFloor: 0,
  minimumShare: 0,
  minimumChange: 0,
  minimumEvents: 0,
  patience: 24,
  atOnce: false,
};

const share: MeasureProfile = { ...happening, scale: 'share', floor: 1.2, patience: 1 };

export const measureProfiles: Readonly<Record<Measure, MeasureProfile>> = {
  value: { ...happening, direction: 'both', relativeFloor: 0.01, minimumShare: 0.02, patience: 1 },
  rate: { ...records, direction: 'both', minimumShare: 0.3 },
  mean: { ...latency, direction: 'both', minimumShare: 0.2, minimumChange: 0 },
  p50: latency,
  p95: { ...latency, minimumEvents: 20 },
  p99: { ...latency, minimumEvents: 100 },
  error_ratio: { ...happening, minimumChange: 0.01 },
  template_rate: records,
  severity_rate: records,
  new_template: happening,
  silence: { ...happening, atOnce: true },
  signal_loss: { ...happening, atOnce: true },
  self_time: { ...latency, minimumShare: 0.5, minimumChange: 2e6 },
  network_time: { ...latency, minimumShare: 1, minimumChange: 2e6 },
  error_type_ratio: { ...happening, minimumShare: 0.5, minimumChange: 0.02, patience: 1 },
  error_trickle: { ...happening, minimumShare: 1, minimumChange: 0.001 },
  new_edge: happening,
  lost_edge: { ...happening, patience: 1, atOnce: true },
  vanished: { ...happening, patience: 1, atOnce: true },
  stuck: { ...happening, direction: 'both', patience: 1, atOnce: true },
  severity_share: { ...share, minimumShare: 0.5, minimumChange: 0.03, minimumEvents: 20 },
  odd_trace_share: { ...happening, minimumShare: 1, minimumChange: 0.02, patience: 1 },
  lines_per_call: {
    ...latency,
    direction: 'both',
    floor: 0.08,
    minimumShare: 0.5,
    minimumChange: 0,
  },
  late_delivery: { ...latency, minimumShare: 1, minimumChange: 0 },
  days_left: happening,
  place_event: happening,
  peer_outlier: { ...happening, direction: 'both', patience: 1, atOnce: true },
  peer_rate: { ...happening, direction: 'both', patience: 1, atOnce: true },
  peer_error_ratio: { ...happening, patience: 1, atOnce: true },
};

/** Measures whose values are numbers around a level; the others have detectors of their own. */
export const numericMeasures: readonly Measure[] = [
  'value',
  'rate',
  'mean',
  'p50',
  'p95',
  'p99',
  'template_rate',
  'severity_rate',
  'self_time',
  'network_time',
  'severity_share',
  'lines_per_call',
];

/** Below one of these the logarithmic scale turns linear. */
const LOG_UNIT = 1e-9;

/** `span` is the length of the step in seconds: rates are compared as counts. */
export function levelOf(profile: MeasureProfile, value: number, span: number): number {
  if (profile.scale === 'count') return 2 * Math.sqrt(Math.max(0, value * span) + 0.375);
  if (profile.scale === 'share') return 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, value))));
  return profile.scale === 'log' ? Math.asinh(value / LOG_UNIT) : value;
}

export function valueOf(profile: MeasureProfile, level: number, span: number): number {
  if (profile.scale === 'count') return Math.max(0, (Math.max(0, level) / 2) ** 2 - 0.375) / span;
  if (profile.scale === 'share') return Math.sin(Math.min(Math.PI, Math.max(0, level)) / 2) ** 2;
  return profile.scale === 'log' ? Math.sinh(level) * LOG_UNIT : level;
}

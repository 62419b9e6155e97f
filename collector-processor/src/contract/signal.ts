import { Type, type Static } from 'typebox';

export const Signal = Type.Enum(['traces', 'metrics', 'logs'], { type: 'string', title: 'Signal' });
export type Signal = Static<typeof Signal>;

export const Measure = Type.Enum(
  [
    'value',
    'rate',
    'mean',
    'p50',
    'p95',
    'p99',
    'error_ratio',
    'template_rate',
    'severity_rate',
    'new_template',
    'silence',
    'signal_loss',
    'late_delivery',
    'self_time',
    'network_time',
    'days_left',
    'error_type_ratio',
    'error_trickle',
    'new_edge',
    'lost_edge',
    'vanished',
    'stuck',
    'severity_share',
    'lines_per_call',
    'odd_trace_share',
    'peer_outlier',
    'peer_rate',
    'peer_error_ratio',
    'place_event',
  ],
  { type: 'string', title: 'Measure', description: 'What a scored series measures.' },
);
export type Measure = Static<typeof Measure>;

export const PointKind = Type.Enum(['gauge', 'sum', 'histogram', 'exponential_histogram', 'summary'], {
  type: 'string',
  title: 'PointKind',
});
export type PointKind = Static<typeof PointKind>;

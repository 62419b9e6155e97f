import { Type } from 'typebox';
import { Duration, Integer, Text } from '../types.ts';

const kinds = [
  'disk',
  'memory',
  'connections',
  'descriptors',
  'quota',
  'certificate',
  'error_budget',
  'other',
] as const;

const capacity = Type.Object(
  {
    metric: Type.String({ minLength: 1, description: 'Gauge, or sum that goes up and down, of what is used.' }),
    kind: Type.Enum([...kinds], { default: 'other', description: 'What it is a capacity of; for the sentence.' }),
    capacity: Type.Number({ default: 0, minimum: 0, description: 'How much there is; 0: capacity_metric says it.' }),
    capacity_metric: Text('', 'Metric of how much there is, with the same attributes.'),
    counts_down: Type.Boolean({ default: false, description: 'The metric is what is left, and it runs out at 0.' }),
    attributes: Type.Record(Type.String(), Type.String(), {
      default: {},
      description: 'Only points with these attributes.',
    }),
  },
  { additionalProperties: false },
);

/** What runs out, and when that is worth a finding. */
export const forecastSection = Type.Object(
  {
    enabled: Type.Boolean({ default: true, description: 'Say when resources run out.' }),
    max_series: Integer(2_000, 'Resources that are followed; about 5 KiB each.', 1),
    every: Duration('5m', 'Time between two forecasts of a resource.', { least: '1s' }),
    horizon: Duration('7d', 'A resource that may run out within this time is a finding.', { least: '1m' }),
    page_horizon: Duration('1d', 'One that may run out within this time may page.', { least: '1m' }),
    certificate_horizon: Duration('14d', 'The same as horizon, for certificates.', { least: '1m' }),
    at: Type.Array(Type.String({ pattern: '^[1-9][0-9]*[mhd]$' }), {
      default: ['1d', '7d'],
      maxItems: 8,
      description: 'How far ahead use is forecast: published as yhat_1d, yhat_lower_1d, yhat_upper_1d.',
    }),
    capacities: Type.Array(capacity, {
      default: [],
      maxItems: 100,
      description: 'Resources that no convention names. Those of OpenTelemetry are known.',
    }),
  },
  { additionalProperties: false, default: {}, description: 'When resources run out.' },
);

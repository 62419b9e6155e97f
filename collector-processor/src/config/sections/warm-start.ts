import { Type } from 'typebox';
import { Duration, Integer, Size, Text } from '../types.ts';

/** What a new series was like before, from the metrics store. */
export const warmStartSection = Type.Object(
  {
    enabled: Type.Boolean({ default: true, description: 'Learn from the metrics store what a new series was like.' }),
    endpoint: Text(
      '',
      'Address of VictoriaMetrics before /api/v1/query_range; empty: that of the first victoriametrics backend, with its ' +
        'headers and auth, if there is one.',
    ),
    span: Duration('21d', 'How far back days and weeks are learned from, in steps of 10 minutes.', {
      least: '1h',
      most: '24d',
    }),
    steps: Integer(2_000, 'Newest steps of a series, at its own pace, that everything is learned from.', [100, 20_000]),
    concurrency: Integer(2, 'Metrics, operations and kinds of lines that are looked up at a time.', [1, 16]),
    max_lookups: Integer(20_000, 'How many are looked up in one run of the program.'),
    max_answer_size: Size('4MiB', 'Bytes of one answer; a longer one is not used.', { least: '64KiB' }),
    timeout: Duration('30s', 'Longest time for one query.', { least: '100ms' }),
    retry_after: Duration('5m', 'When a failed query is asked again.', { least: '1s' }),
    cpu_share: Type.Number({
      default: 0.1,
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'Share of one core that learning from the past may take.',
    }),
  },
  { additionalProperties: false, default: {}, description: 'History from the metrics store, in the background.' },
);

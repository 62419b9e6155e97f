import { Type } from 'typebox';
import { Duration, Integer, Size, Text } from '../types.ts';

/** What people say of findings, and what comes of it. */
export const feedbackSection = Type.Object(
  {
    max_rules: Integer(500, 'Rules in force at once; more have to take the place of others.', [1, 10_000]),
    max_versions: Integer(1_000, 'Versions of the rules that are kept; the oldest go.', [2, 100_000]),
    refresh: Duration('10s', 'Time between two looks at the store for rules that another process has changed.', {
      least: '1s',
      most: '1h',
    }),
    metrics_url: Text(
      '',
      'VictoriaMetrics that holds the score series, for effects beyond what memory keeps; empty: the one that history is ' +
        'learned from (score.warm_start.endpoint, or the first victoriametrics backend); `none`: memory only.',
    ),
    lookback: Duration('7d', 'How far back its scores are looked at.', { least: '1h', most: '90d' }),
    max_points: Integer(100_000, 'Scores taken from it for one answer, the newest.', 100),
    max_answer_size: Size('16MiB', 'Bytes of one of its answers; a longer one is not used.', { least: '64KiB' }),
    timeout: Duration('5s', 'Longest time for its answers; after it memory alone counts.', {
      least: '100ms',
      most: '1m',
    }),
  },
  { additionalProperties: false, default: {}, description: 'What people say of findings, and what comes of it.' },
);

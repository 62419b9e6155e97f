import { Type } from 'typebox';
import { Duration, Integer } from '../types.ts';

/** What belongs together. */
export const correlateSection = Type.Object(
  {
    watch_for: Duration('10m', 'How long nothing may fire before an incident closes by itself.', {
      least: '1s',
      most: '7d',
    }),
    join_within: Duration(
      '5m',
      'How near in time findings of one trouble lie: after this the nearness is a third. Less keeps troubles apart, more joins them.',
      { least: '1s', most: '7d' },
    ),
    change_lookback: Duration('30m', 'How long before an incident a change still belongs to it.', {
      least: '1s',
      most: '7d',
    }),
    demote_after: Integer(
      3,
      'An incident that shows nothing but what so many earlier ones showed, which nobody took up, is demoted until it gets worse; 0 demotes none.',
      0,
    ),
    demote_within: Duration('7d', 'How long an earlier incident counts for that.', { least: '1s', most: '24d' }),
    max_anomalies: Integer(20_000, 'Findings in one incident; further ones are counted, and listed by themselves.', 1),
    interval: Duration('5s', 'How often incidents are looked at for what time alone brings.', {
      least: '100ms',
      most: '10m',
    }),
  },
  { additionalProperties: false, default: {}, description: 'Incidents: findings that belong together.' },
);

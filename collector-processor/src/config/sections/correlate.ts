import { Type } from 'typebox';
import { Duration, Integer } from '../types.ts';

const services = (description: string) =>
  Type.Array(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }), { default: [], description });

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
    together: services(
      'Sets of services that belong together though no call shows it, such as `[[checkout, "ledger-*"]]`; `*` stands for any text.',
    ),
    apart: services('Sets of services between which calls do not count, such as `[[search, "*"]]`.'),
    demote_after: Integer(
      3,
      'An incident that shows nothing but what so many earlier ones showed, which nobody took up, is demoted until it gets worse; 0 demotes none.',
      0,
    ),
    demote_within: Duration('7d', 'How long an earlier incident counts for that.', { least: '1s', most: '24d' }),
    max_anomalies: Integer(
      20_000,
      'Findings, and alerts, in one incident; further ones are counted, and listed by themselves.',
      1,
    ),
    max_incidents: Integer(
      1000,
      'Incidents that are not over; findings and alerts that would open another are counted.',
      1,
    ),
    alert_silence: Duration(
      '24h',
      'An alert from outside that is not repeated for so long is over: its end got lost. Longer than its sender takes to repeat it.',
      { least: '1m', most: '24d' },
    ),
    interval: Duration('5s', 'How often incidents are looked at for what time alone brings.', {
      least: '100ms',
      most: '10m',
    }),
  },
  { additionalProperties: false, default: {}, description: 'Incidents: findings that belong together.' },
);

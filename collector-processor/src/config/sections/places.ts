import { Type } from 'typebox';
import { Duration, Integer } from '../types.ts';

/** Hosts, zones and clusters as a whole. */
export const placesSection = Type.Object(
  {
    minimum: Integer(
      3,
      'Services on one host, zone or cluster that have to turn odd together to be one finding; 0: never.',
      [0, 1000],
    ),
    share: Type.Number({
      default: 0.5,
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'Share of the services there that have to.',
    }),
    window: Duration('2m', 'Time within which they have to.', { least: '1s', most: '1h' }),
  },
  { additionalProperties: false, default: {}, description: 'Hosts, zones and clusters where much turns odd at once.' },
);

import { Type } from 'typebox';
import { Integer } from '../types.ts';

/** Instances of one service beside each other. */
export const peersSection = Type.Object(
  {
    minimum: Integer(
      4,
      'Instances of a service that are needed to tell which one is odd; 0: they are not compared.',
      [0, 1000],
    ),
    ratio: Type.Number({
      default: 1.5,
      exclusiveMinimum: 1,
      description: 'Times as much as the median of its peers, or as little, that matters.',
    }),
    max_instances: Integer(10_000, 'Instances of all services that are known; about 1 KiB each.', 1),
    max_compared: Integer(
      50_000,
      'Series of single instances that are compared with those of their peers; about 120 bytes each.',
      1,
    ),
  },
  { additionalProperties: false, default: {}, description: 'Instances of one service beside each other.' },
);

import { type Static, Type } from 'typebox';
import type { CamelCased } from '../camel-case.ts';
import { Duration, Integer } from '../types.ts';
import { backendMap } from './backend.ts';
import { deadLetters, writeAheadLog } from './write-ahead-log.ts';

/** Where received telemetry goes. */
export const forwardSection = Type.Object(
  {
    backends: backendMap(
      'By type: victoriametrics (metrics), loki (logs), tempo (traces), otlphttp and otlp (gRPC; all signals); ' +
        'several of a type as type/name. Empty: nothing is forwarded (tap mode).',
    ),
    remember_delivered: Type.Object(
      {
        enabled: Type.Boolean({
          default: true,
          description: 'When one of several backends fails, the sender’s repeat goes only to those that lack it.',
        }),
        for: Duration('5m', 'How long a request is remembered.', { least: '1s' }),
        max_requests: Integer(10_000, 'Requests remembered at most; the oldest are forgotten.', 1),
      },
      { additionalProperties: false, default: {}, description: 'Keeps repeats from being stored twice.' },
    ),
    write_ahead_log: writeAheadLog,
    dead_letters: deadLetters,
    drain_timeout: Duration('10s', 'How long a stop waits for requests that are on their way; 0s: not at all.', {
      least: '0s',
    }),
  },
  { additionalProperties: false, default: {}, description: 'Where received telemetry goes, byte for byte.' },
);

export type ForwardSettings = CamelCased<Static<typeof forwardSection>>;

import { Type } from 'typebox';
import { Duration, Integer, Size, Text } from '../types.ts';

/** What was received in the last minutes, kept for incidents. */
export const recorderSection = Type.Object(
  {
    enabled: Type.Boolean({
      default: false,
      description:
        'Keeps what was received in the last minutes in memory, and writes it to files when an incident opens; needs receivers.otlp.workers 0.',
    }),
    window: Duration('5m', 'How far back.', { least: '10s', most: '1h' }),
    max_size: Size('64MiB', 'Bytes of memory for it, of all tenants; whoever has most gives up its oldest first.', {
      least: '1MiB',
    }),
    max_recordings: Integer(20, 'Recordings on disk; the oldest go.', [1, 10_000]),
    path: Text('', 'Folder of the recordings; empty: `recordings` beside the store.'),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'A recorder of raw telemetry, written out when an incident opens.',
  },
);

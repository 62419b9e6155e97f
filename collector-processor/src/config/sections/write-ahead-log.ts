import { Type } from 'typebox';
import { Duration, Integer, Size, Text } from '../types.ts';

const strict = { additionalProperties: false, default: {} } as const;

/** Where a request is kept when a backend cannot take it now. */
export const writeAheadLog = Type.Object(
  {
    mode: Type.Enum(['on_trouble', 'always', 'off'], {
      default: 'on_trouble',
      description:
        'on_trouble: when a backend fails or is slow. always: the sender is answered as soon as the disk has the ' +
        'request. off: senders are told to repeat; what is in the log is still delivered.',
    }),
    path: Text('', 'Folder for the log and the dead letters. Empty: beside the store; none: no log at all.'),
    slow_after: Duration('250ms', 'A backend that has not answered by then is slow.', { least: '1ms' }),
    max_size: Size('1GiB', 'Bytes of the log. Beyond it senders are told to repeat; nothing in it is given up.'),
    segment_size: Size('16MiB', 'A file of the log is closed at this size; it is removed as a whole.', {
      least: '4KiB',
      most: '1GiB',
    }),
    max_set_aside: Size(
      '64MiB',
      'Bytes of damaged files that are kept to be looked at, of the log and of the dead letters each; the oldest go; 0B: none.',
      {
        least: '0B',
      },
    ),
    replay_share: Type.Number({
      default: 0.25,
      minimum: 0,
      maximum: 1,
      description: 'Part of a backend’s max_in_flight that deliveries from the log may take; at least one place.',
    }),
    replay_window: Size(
      '8MiB',
      'Bytes from the log that one backend may hold in memory as they were received, and as many inflated; at least one request.',
      { least: '64KiB' },
    ),
    max_lone_failures: Integer(
      10,
      'A request from the log that has failed alone that often, while others got through, becomes a dead letter.',
      1,
    ),
    keep_for_removed: Duration(
      '1h',
      'What the log holds for a backend that was removed from the configuration waits that long for it to come back; ' +
        'then it becomes dead letters, which can go to another backend. 0s: at once.',
      { least: '0s', most: '20d' },
    ),
  },
  { ...strict, description: 'Keeps what a backend cannot take now, through crashes and power cuts.' },
);

/** What no backend will ever take. */
export const deadLetters = Type.Object(
  {
    max_size: Size('256MiB', 'Bytes kept.', { least: '1MiB' }),
    max_letters: Integer(10_000, 'Letters kept.', 1),
    when_full: Type.Enum(['wait', 'drop_oldest'], {
      default: 'wait',
      description:
        'Beyond size or number. wait: what a backend refuses stays in the write-ahead log until letters are replayed or ' +
        'dropped, so nothing is lost. drop_oldest: the oldest letters go, counted and logged.',
    }),
    max_age: Duration('30d', 'Letters older than this go.', { least: '1h', most: '36500d' }),
  },
  {
    ...strict,
    description: 'Requests that had been acknowledged and that a backend then refused for good, with its reason.',
  },
);

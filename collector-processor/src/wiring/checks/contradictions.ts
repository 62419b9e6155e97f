import type { Settings } from '../../config/schema.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';
import { logFolderOf } from '../log-folder.ts';

/** Two settings of which one must not be larger than the other. */
interface Pair {
  readonly small: Value;
  readonly large: Value;
  /** Whether they may be equal. */
  readonly mayEqual: boolean;
  readonly because: string;
}

interface Value {
  readonly path: readonly string[];
  readonly value: number;
}

/** Settings that fit their schema each, and do not fit one another. */
export function checkContradictions(settings: Settings): SettingFault[] {
  const pairs = [...ofReceivers(settings), ...ofLog(settings), ...ofBackends(settings), ...ofTimes(settings)];
  return [
    ...pairs.flatMap(faultOf),
    ...nothingComesIn(settings),
    ...alwaysWithoutLog(settings),
    ...memoryForNothing(settings),
    ...leaseWithoutReserve(settings),
  ];
}

function faultOf({ small, large, mayEqual, because }: Pair): SettingFault[] {
  if (small.value < large.value || (mayEqual && small.value === large.value)) return [];
  const [one, other] = [small.path.join('.'), large.path.join('.')];
  const relation = mayEqual ? 'larger than' : 'not smaller than';
  return [
    {
      paths: [small.path, large.path],
      message: `${one} is ${relation} ${other}: ${because}.`,
      remedy: `Lower ${one} or raise ${other}.`,
    },
  ];
}

function ofReceivers({ receivers: { otlp }, decode }: Settings): Pair[] {
  const at = (value: number, ...path: string[]): Value => ({ path: ['receivers', 'otlp', ...path], value });
  const request = at(otlp.maxRequestSize, 'max_request_size');
  const because = 'a request of the largest size, and what is known about it, would never find room';
  const common = { small: request, mayEqual: false, because };
  const thread = { path: ['decode', 'reading', 'max_heap'], value: decode.reading.maxHeap };
  const alone = 'one reading thread could use up what the whole process may';
  return [
    ...(otlp.maxMemory === 0
      ? []
      : [{ small: thread, large: at(otlp.maxMemory, 'max_memory'), mayEqual: false, because: alone }]),
    { ...common, large: at(otlp.maxInFlight, 'max_in_flight') },
    { ...common, large: at(otlp.maxInFlightPerConnection, 'max_in_flight_per_connection') },
    {
      small: at(otlp.maxInFlightPerConnection, 'max_in_flight_per_connection'),
      large: at(otlp.maxInFlight, 'max_in_flight'),
      mayEqual: true,
      because: 'one connection cannot hold more than all together',
    },
    {
      small: at(otlp.grpc.streamWindow, 'grpc', 'stream_window'),
      large: at(otlp.grpc.connectionWindow, 'grpc', 'connection_window'),
      mayEqual: true,
      because: 'a request can use no more than the window of its connection',
    },
  ];
}

function ofLog({ receivers, forward: { writeAheadLog, deadLetters } }: Settings): Pair[] {
  if (writeAheadLog.mode === 'off' || writeAheadLog.path === 'none') return [];
  const request = { path: ['receivers', 'otlp', 'max_request_size'], value: receivers.otlp.maxRequestSize };
  const log = { path: ['forward', 'write_ahead_log', 'max_size'], value: writeAheadLog.maxSize };
  const letters = { path: ['forward', 'dead_letters', 'max_size'], value: deadLetters.maxSize };
  const segment = { path: ['forward', 'write_ahead_log', 'segment_size'], value: writeAheadLog.segmentSize };
  const noRoom = (what: string): string => `a request of the largest size could not be ${what}`;
  return [
    { small: request, large: log, mayEqual: false, because: noRoom('kept for a backend that is away') },
    { small: request, large: letters, mayEqual: false, because: noRoom('kept when a backend refuses it') },
    { small: segment, large: log, mayEqual: true, because: 'the log would be full before its first file is' },
  ];
}

function ofBackends({ forward, publish }: Settings): Pair[] {
  return Object.entries({ forward, publish }).flatMap(([stage, { backends }]) =>
    Object.entries(backends).map(([name, { retry }]): Pair => {
      const at = (value: number, setting: string): Value => ({
        path: [stage, 'backends', name, 'retry', setting],
        value,
      });
      return {
        small: at(retry.initialInterval, 'initial_interval'),
        large: at(retry.maxInterval, 'max_interval'),
        mayEqual: true,
        because: 'pauses grow from the one to the other',
      };
    }),
  );
}

function ofTimes({ score, publish: { grafana }, api }: Settings): Pair[] {
  const bucket = { path: ['score', 'bucket'], value: score.bucket };
  return [
    {
      small: bucket,
      large: { path: ['score', 'new_normal_after'], value: score.newNormalAfter },
      mayEqual: true,
      because: 'whatever is unusual would be the new normal before it is seen twice',
    },
    {
      small: bucket,
      large: { path: ['score', 'idle_after'], value: score.idleAfter },
      mayEqual: true,
      because: 'every series would be idle between two buckets',
    },
    {
      small: { path: ['publish', 'grafana', 'retry_initial'], value: grafana.retryInitial },
      large: { path: ['publish', 'grafana', 'retry_max'], value: grafana.retryMax },
      mayEqual: true,
      because: 'pauses grow from the one to the other',
    },
    {
      small: { path: ['api', 'grafana', 'key_retry'], value: api.grafana.keyRetry },
      large: { path: ['api', 'grafana', 'key_max_age'], value: api.grafana.keyMaxAge },
      mayEqual: true,
      because: 'keys that are too old could not be read again',
    },
  ];
}

function nothingComesIn({ receivers: { otlp } }: Settings): SettingFault[] {
  if (otlp.grpc.enabled || otlp.http.enabled) return [];
  const paths = ['grpc', 'http'].map((wire) => ['receivers', 'otlp', wire, 'enabled']);
  return [{ paths, message: 'Both receivers are off: nothing can come in.', remedy: 'Leave one of them on.' }];
}

/** Whoever asks for every request on disk must not run without a disk. */
function alwaysWithoutLog(settings: Settings): SettingFault[] {
  const log = ['forward', 'write_ahead_log'];
  if (settings.forward.writeAheadLog.mode !== 'always' || logFolderOf(settings) !== undefined) return [];
  return [
    {
      paths: [
        [...log, 'path'],
        [...log, 'mode'],
      ],
      message:
        'forward.write_ahead_log.mode is always, and there is no folder for the log: nothing would be kept on disk.',
      remedy: 'Name a folder in forward.write_ahead_log.path, or choose another mode.',
    },
  ];
}

/** What Sentinel needs when nothing has arrived yet, rounded up. */
const LEAST_MEMORY = 256 * 1024 * 1024;

function memoryForNothing({ receivers: { otlp } }: Settings): SettingFault[] {
  if (otlp.maxMemory === 0 || otlp.maxMemory >= LEAST_MEMORY) return [];
  return [
    {
      paths: [['receivers', 'otlp', 'max_memory']],
      message:
        'receivers.otlp.max_memory is below 256MiB: Sentinel alone needs nearly that, so requests would be told to come back.',
      remedy: 'Raise it, or write 0B for no limit.',
    },
  ];
}

/** A renewal that fails once must leave time for another. */
function leaseWithoutReserve({ store: { postgres } }: Settings): SettingFault[] {
  const { renewEvery, duration } = postgres.lease;
  if (renewEvery * 3 <= duration) return [];
  const lease = ['store', 'postgres', 'lease'];
  return [
    {
      paths: [
        [...lease, 'renew_every'],
        [...lease, 'duration'],
      ],
      message:
        'store.postgres.lease.renew_every is more than a third of store.postgres.lease.duration: one renewal that fails could cost the lease.',
      remedy: 'Lower store.postgres.lease.renew_every or raise store.postgres.lease.duration.',
    },
  ];
}

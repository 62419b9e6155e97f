import { Type } from 'typebox';
import { Duration, Integer, Size, Text } from '../types.ts';

const signalNames = ['traces', 'metrics', 'logs'] as const;
const strict = { additionalProperties: false, default: {} } as const;

const paths = Type.Object(
  {
    traces: Text('', 'Path for traces; empty: that of the type, such as /v1/traces.'),
    metrics: Text('', 'Path for metrics; empty: that of the type, such as /opentelemetry/v1/metrics.'),
    logs: Text('', 'Path for logs; empty: that of the type, such as /otlp/v1/logs.'),
  },
  { ...strict, description: 'Whole paths in place of those of the type (HTTP only).' },
);

export const auth = Type.Object(
  {
    username: Text('', 'Name for basic authentication.'),
    password: Text('', 'Password for basic authentication; write ${env:NAME} or ${file:PATH}.'),
    bearer_token: Text('', 'Bearer token; write ${env:NAME} or ${file:PATH}.'),
  },
  { ...strict, description: 'What Sentinel shows to the backend.' },
);

const tls = Type.Object(
  {
    ca_file: Text(
      '',
      'PEM file with the authorities the backend’s certificate must come from; empty: the public ones.',
    ),
    cert_file: Text('', 'PEM file with the client certificate (mTLS).'),
    key_file: Text('', 'PEM file with the key of the client certificate.'),
    server_name: Text('', 'Name the certificate must bear when it is not the host of the endpoint.'),
    insecure_skip_verify: Type.Boolean({ default: false, description: 'Take any certificate. For trials only.' }),
  },
  { ...strict, description: 'For endpoints that start with https://.' },
);

const queue = Type.Object(
  {
    max_size: Size(
      '64MiB',
      'Bytes one backend may hold, inflated forms included: on their way, waiting, between attempts.',
    ),
    max_requests: Integer(5000, 'Requests one backend may hold.', 1),
  },
  { ...strict, description: 'Bounds of what waits in memory.' },
);

const retry = Type.Object(
  {
    initial_interval: Duration(
      '100ms',
      'Longest pause before the second attempt; pauses are random below their limit.',
      { least: '5ms' },
    ),
    max_interval: Duration('2s', 'The limit doubles up to this.', { least: '5ms' }),
    max_elapsed: Duration(
      '4s',
      'No attempt begins later than this after the request arrived; the sender is told to repeat. 0s: a single attempt.',
      { least: '0s' },
    ),
  },
  { ...strict, description: 'Attempts while the sender waits.' },
);

const breaker = Type.Object(
  {
    consecutive_failures: Integer(5, 'Failures in a row that open it.', 1),
    failure_ratio: Type.Number({
      default: 0.5,
      minimum: 0,
      maximum: 1,
      description: 'Part of the attempts in the window that must fail to open it.',
    }),
    min_requests: Integer(20, 'Attempts in the window below which the ratio does not count.', 1),
    window: Duration('10s', 'Time the ratio looks back.', { least: '100ms' }),
    open_for: Duration('5s', 'Time without any attempt; then one request probes.', { least: '5ms' }),
  },
  { ...strict, description: 'Stops sending to a backend that fails, so that senders learn it at once.' },
);

/** One backend, whatever its type. */
const backendSettings = Type.Object(
  {
    enabled: Type.Boolean({ default: true, description: 'Switches the backend off without losing its settings.' }),
    endpoint: Type.String({
      pattern: '^(https?://)?[^/ ]+(/.*)?$',
      description: 'Address, such as http://localhost:8428; a path in it goes before that of the type.',
    }),
    protocol: Type.Enum(['default', 'http', 'grpc'], {
      default: 'default',
      description: 'OTLP over HTTP or gRPC, for the types that speak both (tempo); default: that of the type.',
    }),
    signals: Type.Array(Type.Enum([...signalNames]), {
      default: [],
      description: 'Signals to send here; empty: all that the type takes.',
    }),
    paths,
    headers: Type.Record(Type.String(), Type.String(), {
      default: {},
      description: 'Headers on every request. They take the place of a header of the same name from the sender.',
    }),
    auth,
    tls,
    encodings: Type.Array(Type.Enum(['protobuf', 'json']), {
      default: [],
      description: 'Encodings to pass on as received; others go out as protobuf. Empty: all that the type takes.',
    }),
    compressions: Type.Array(Type.Enum(['identity', 'gzip', 'zstd']), {
      default: [],
      description: 'Compressions to pass on as received; others go out inflated. Empty: all that the type takes.',
    }),
    timeout: Duration('10s', 'Longest time for one attempt.', { least: '10ms' }),
    connect_timeout: Duration('3s', 'Longest time to connect, TLS included.', { least: '10ms' }),
    keep_alive: Duration('15s', 'Idle connections are closed after this.', { least: '1s' }),
    max_in_flight: Integer(
      10,
      'Requests under way at a time, and connections (HTTP). What arrives meanwhile is joined.',
      1,
    ),
    max_batch_size: Size('4MiB', 'Largest joined request, inflated. 0B never joins.', { least: '0B', most: '1GiB' }),
    queue,
    retry,
    breaker,
  },
  { additionalProperties: false },
);

const types = ['victoriametrics', 'loki', 'tempo', 'otlp', 'otlphttp'];

/** `<type>` or `<type>/<name>`. */
export const backendMap = (description: string) =>
  Type.Record(Type.String({ pattern: `^(${types.join('|')})(/[A-Za-z0-9_.-]+)?$` }), backendSettings, {
    additionalProperties: false,
    default: {},
    description,
    names: `Name it by its type: ${types.join(', ')}; several of one type as type/name.`,
  });

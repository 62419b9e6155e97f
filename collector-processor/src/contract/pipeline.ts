import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Signal } from './signal.ts';

const count = (description: string) => Type.Number({ minimum: 0, description });

export const Receiver = Type.Object(
  {
    wire: Type.Enum(['grpc', 'http'], { type: 'string' }),
    endpoint: Type.String({ description: 'Address and port it listens on.' }),
  },
  { title: 'Receiver', additionalProperties: false },
);
export type Receiver = Immutable<Static<typeof Receiver>>;

/** Counters since the start of the process. */
export const Traffic = Type.Object(
  {
    signal: Signal,
    requests: count('Export requests received.'),
    items: count('Spans, points or records received.'),
    bytes: count('Bytes received, as they came.'),
    refused: count('Requests that were refused.'),
    scored: count('Items that were scored.'),
    unscored: count('Items that were forwarded but not scored: overload, fault, late, repeated.'),
  },
  { title: 'Traffic', additionalProperties: false },
);
export type Traffic = Immutable<Static<typeof Traffic>>;

export const BackendError = Type.Object(
  { message: Type.String(), atMs: TimeMs('When') },
  { title: 'BackendError', additionalProperties: false },
);
export type BackendError = Immutable<Static<typeof BackendError>>;

export const Backend = Type.Object(
  {
    name: Type.String(),
    type: Type.String(),
    signals: Type.Array(Signal),
    breaker: Type.Enum(['closed', 'half_open', 'open'], {
      type: 'string',
      description: '`open`: nothing is sent for a while.',
    }),
    inFlight: count('Requests on the way.'),
    queuedRequests: Type.Optional(count('Requests held in memory: on the way, waiting, between attempts.')),
    queuedBytes: Type.Optional(count('Their bytes.')),
    loggedBytes: Type.Optional(count('Bytes of the write-ahead log that it has not come past.')),
    delivered: count('Requests that the backend took.'),
    retried: count('Sends that failed and may be repeated.'),
    refused: count('Requests that the backend refused for good.'),
    lastSuccessMs: Type.Optional(TimeMs('Last delivery')),
    lastError: Type.Optional(BackendError),
  },
  { title: 'Backend', additionalProperties: false },
);
export type Backend = Immutable<Static<typeof Backend>>;

export const Pipeline = Type.Object(
  {
    nowMs: TimeMs('Clock of the sidecar'),
    lastReceivedMs: Type.Optional(TimeMs('Last request')),
    bucketMs: Type.Integer({ minimum: 1, description: 'Step in which series are scored.' }),
    receivers: Type.Array(Receiver),
    traffic: Type.Array(Traffic),
    backends: Type.Array(Backend),
    limits: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Limits that telemetry reaches, a sentence each; what is beyond them is watched less closely.',
      }),
    ),
    deadLetters: Type.Optional(
      Type.Object(
        { letters: count('Requests that a backend will not take.'), bytes: count('Bytes of their log.') },
        { additionalProperties: false, description: 'Absent without a write-ahead log.' },
      ),
    ),
    annotator: Type.Optional(
      Type.Object(
        { pending: count('Annotations that Grafana does not have yet.'), lastError: Type.Optional(BackendError) },
        { additionalProperties: false, description: 'Absent without Grafana.' },
      ),
    ),
  },
  { title: 'Pipeline', additionalProperties: false },
);
export type Pipeline = Immutable<Static<typeof Pipeline>>;

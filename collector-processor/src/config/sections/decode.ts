import { Type } from 'typebox';
import { Duration, Integer, Size, Text } from '../types.ts';

const reading = Type.Object(
  {
    threads: Integer(
      1,
      'Threads beside the main one that turn OTLP/JSON into protobuf and read large bodies; 0: the main thread does, one body in each round of its event loop.',
      [0, 64],
    ),
    min_json_size: Size('64KiB', 'OTLP/JSON from this size on, after decompression, is read there.', { least: '1KiB' }),
    min_size: Size('4MiB', 'The same for protobuf, which is read thirty times as fast.', { least: '1KiB' }),
    queue_size: Integer(16, 'Bodies that wait for a thread; more are read on the main thread.', 0),
    timeout: Duration(
      '10s',
      'A thread that takes longer over one body is replaced; the body is not scored, and JSON has to be sent again.',
      { least: '100ms' },
    ),
    idle_after: Duration(
      '5s',
      'A thread without a body for this long ends, and its heap with it; another starts when it is needed.',
      {
        least: '100ms',
      },
    ),
    max_heap: Size('256MiB', 'Heap of one thread; part of what receivers.otlp.max_memory allows.', { least: '64MiB' }),
  },
  { additionalProperties: false, default: {}, description: 'Reading large bodies beside the main thread.' },
);

/** What is read from the bytes, and how much of it is kept. */
export const decodeSection = Type.Object(
  {
    max_symbols: Integer(
      100_000,
      'Distinct names and attribute values kept at a time; when they are too many, those that are still sent are read anew. Span names and attribute values get three quarters.',
      16,
    ),
    max_symbol_length: Integer(256, 'Bytes of a name or value that is told apart; longer ones are "(other)".', 1),
    max_resources: Integer(
      20_000,
      'Resources (senders) kept, the least recently seen one goes first; also the most that one request may bring.',
      1,
    ),
    max_resource_memory: Size('32MiB', 'Bytes of the messages of those resources.', { least: '64KiB' }),
    max_items: Integer(200_000, 'Spans, points or records of one request that are scored; all are forwarded.', 1),
    max_details: Integer(
      1_000_000,
      'Links, exemplars, bucket counts and bounds of one request that are read, each; a histogram that finds no room has no buckets.',
      1,
    ),
    max_json_values: Integer(
      4_000_000,
      'Names, values, lists and objects in one request of OTLP/JSON, which cost memory however few bytes they have; a larger one is refused. 16 MiB as SDKs write them have up to 3 million.',
      1000,
    ),
    reading,
    identity_attributes: Type.Array(Type.String(), {
      default: [
        'service.namespace',
        'service.name',
        'deployment.environment.name',
        'k8s.cluster.name',
        'k8s.namespace.name',
        'k8s.deployment.name',
        'k8s.statefulset.name',
        'k8s.daemonset.name',
        'k8s.cronjob.name',
        'cloud.region',
      ],
      description:
        'Resource attributes that make up a series. Others, such as pods and versions, may change without new learning.',
    }),
    sample_rate_attribute: Text(
      '',
      'Span attribute that says how many spans one stands for, such as SampleRate. The threshold in tracestate (ot=th:) is always read and overrules it.',
    ),
  },
  { additionalProperties: false, default: {}, description: 'What is read from the bytes for scoring.' },
);

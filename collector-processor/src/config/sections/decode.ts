import { Type } from 'typebox';
import { Integer, Size, Text } from '../types.ts';

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

import { type Static, Type } from 'typebox';
import type { CamelCased } from '../camel-case.ts';
import { Duration, Integer, Size } from '../types.ts';
import { backendMap } from './backend.ts';
import { grafanaSettings } from './grafana.ts';

const findings = Type.Object(
  {
    logs: Type.Boolean({
      default: true,
      description: 'A log record when a finding opens, becomes a page, and closes.',
    }),
    traces: Type.Boolean({
      default: true,
      description: 'A trace for each finding, with links to its example traces.',
    }),
  },
  { additionalProperties: false, default: {}, description: 'Findings as telemetry; service.name is sentinel.' },
);

const scoreSeries = Type.Object(
  {
    enabled: Type.Boolean({ default: true, description: 'Publish scores and expectations as metrics.' }),
    series: Type.Array(Type.Enum(['anomaly_score', 'yhat', 'yhat_lower', 'yhat_upper', 'y']), {
      default: ['anomaly_score', 'yhat', 'yhat_lower', 'yhat_upper'],
      description: 'Which of them; y is the measured value, which no store has for spans and logs.',
    }),
    min_score: Type.Number({
      default: 0.5,
      minimum: 0,
      description: 'Least score at which a series is published that is not always published.',
    }),
    linger: Duration('5m', 'How long it goes on after its score has fallen below; 0s: not at all.', { least: '0s' }),
    always: Type.Array(Type.String(), {
      default: [],
      description:
        'Metrics that are published whatever their score; a trailing * stands for any ending. Spans always are.',
    }),
    max_series: Integer(5000, 'Series published at a time; beyond it odd ones come before quiet ones.', 1),
    source_naming: Type.Enum(['verbatim', 'underscores', 'prometheus'], {
      default: 'verbatim',
      description:
        'How the metrics store names metrics, for the label `for`: verbatim (VictoriaMetrics), underscores (its ' +
        '-usePromCompatibleNaming), prometheus (its -opentelemetry.usePrometheusNaming; Prometheus, Mimir).',
    }),
    max_attributes: Integer(16, 'Attributes of the source that become labels.'),
    max_attribute_length: Integer(128, 'Characters of a label.', 1),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'anomaly_score, yhat, yhat_lower, yhat_upper, as vmanomaly names them.',
  },
);

const serviceGraph = Type.Object(
  {
    enabled: Type.Boolean({
      default: true,
      description: 'Publish traces_service_graph_request_total, _failed_total, _client_seconds and _server_seconds.',
    }),
    interval: Duration('15s', 'How often.', { least: '1s', most: '10m' }),
    max_edges: Integer(1000, 'Edges published; more are left out.', 1),
  },
  { additionalProperties: false, default: {}, description: 'Who calls whom, in the shape of Tempo’s service graphs.' },
);

/** Where findings go, and in which form. */
export const publishSection = Type.Object(
  {
    backends: backendMap('Where scores and findings go, as in forward.backends. Empty: to the backends of forward.'),
    flush_interval: Duration('1s', 'Scores and findings of this time leave together.', { least: '100ms', most: '1m' }),
    max_waiting: Integer(50_000, 'Scored buckets, records and spans that may wait for that; more are dropped.', 1),
    max_per_request: Integer(200, 'Scored buckets, records or spans of one request.', 1),
    max_queued_size: Size('16MiB', 'Bytes that may wait for one backend; more are dropped.', { least: '64KiB' }),
    give_up_after: Duration('10m', 'A request that could not be delivered for so long is dropped.', { least: '1s' }),
    drain_timeout: Duration('5s', 'How long a stop waits for requests that are on their way; 0s: not at all.', {
      least: '0s',
    }),
    findings,
    score_series: scoreSeries,
    service_graph: serviceGraph,
    grafana: grafanaSettings,
  },
  { additionalProperties: false, default: {}, description: 'Where findings go, and in which form.' },
);

export type PublishSettings = CamelCased<Static<typeof publishSection>>;

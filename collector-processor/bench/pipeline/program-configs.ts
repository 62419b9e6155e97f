import { join } from 'node:path';
import type { Case } from './cases.ts';
import type { Baseline } from './programs.ts';

export interface Ports {
  readonly http: number;
  readonly grpc: number;
  readonly api: number;
  /** Of the sink. */
  readonly sinkHttp: number;
  readonly sinkGrpc: number;
  /** Where scores, findings and the service graph go: they would be counted as telemetry that was forwarded. */
  readonly sinkOwn: number;
}

/** Defaults, but for addresses: everything scored, nothing sampled. */
export function sentinelConfig({ wire }: Case, ports: Ports, folder: string): object {
  const backend =
    wire === 'grpc'
      ? { otlp: { endpoint: `http://127.0.0.1:${ports.sinkGrpc}` } }
      : { otlphttp: { endpoint: `http://127.0.0.1:${ports.sinkHttp}` } };
  return {
    receivers: {
      otlp: { grpc: { endpoint: `127.0.0.1:${ports.grpc}` }, http: { endpoint: `127.0.0.1:${ports.http}` } },
    },
    forward: { backends: backend },
    publish: { backends: { otlphttp: { endpoint: `http://127.0.0.1:${ports.sinkOwn}` } } },
    store: { path: join(folder, 'sentinel.sqlite') },
    api: { endpoint: `127.0.0.1:${ports.api}`, anonymous_read: true },
    telemetry: { log_level: 'error' },
  };
}

/**
 * `wait` and `gogc400`: a request is acknowledged when the sink has answered, as Sentinel does. `batch`: acknowledged when
 * queued and sent in batches, the Collector's usual setting and the weaker promise.
 */
export function collectorConfig({ wire, compression }: Case, ports: Ports, baseline: Baseline): object {
  const type = wire === 'grpc' ? 'otlp_grpc' : 'otlp_http';
  const endpoint = wire === 'grpc' ? `127.0.0.1:${ports.sinkGrpc}` : `http://127.0.0.1:${ports.sinkHttp}`;
  const queue =
    baseline === 'batch'
      ? { sizer: 'items', queue_size: 1_000_000, batch: { flush_timeout: '200ms', min_size: 8192 } }
      : { wait_for_result: true, queue_size: 1000 };
  const exporter = {
    endpoint,
    compression,
    ...(wire === 'grpc' ? { tls: { insecure: true } } : {}),
    sending_queue: { enabled: true, block_on_overflow: true, num_consumers: 10, ...queue },
  };
  const path = { receivers: ['otlp'], exporters: [type] };
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `127.0.0.1:${ports.grpc}` },
          http: { endpoint: `127.0.0.1:${ports.http}` },
        },
      },
    },
    exporters: { [type]: exporter },
    service: {
      pipelines: { traces: path, metrics: path, logs: path },
      telemetry: { metrics: { level: 'none' }, logs: { level: 'error' } },
    },
  };
}

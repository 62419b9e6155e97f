import { stringify } from 'yaml';
import type { Ports, Servers } from '../options.ts';

/** The token reaches Sentinel through its environment, never through a file. */
export const TOKEN_VARIABLE = 'SENTINEL_GRAFANA_TOKEN';

/** The default window of ten minutes, in default buckets. */
const WINDOW_BUCKETS = 60;
/** Faults follow each other within seconds here, where others have quiet days between them. */
const JOIN_BUCKETS = 5;
const WATCH_BUCKETS = 8;

export interface ConfigPlan {
  readonly ports: Ports;
  readonly servers: Servers;
  readonly bucketMs: number;
  readonly storeFile: string;
  readonly injectionsFile: string;
}

/** The YAML that Sentinel is started with: defaults, but for ports, a short bucket and files of its own. */
export function sentinelConfig({ ports, servers, bucketMs, storeFile, injectionsFile }: ConfigPlan): string {
  const { grafana, victoriametrics, loki, tempo } = servers;
  return stringify({
    receivers: {
      otlp: {
        grpc: { endpoint: `127.0.0.1:${ports.grpc}` },
        http: { endpoint: `127.0.0.1:${ports.http}` },
      },
    },
    forward: {
      backends: {
        ...backend('victoriametrics', victoriametrics),
        ...backend('loki', loki),
        ...backend('tempo', tempo),
      },
    },
    score: { bucket: `${bucketMs}ms` },
    correlate: {
      join_within: `${JOIN_BUCKETS * bucketMs}ms`,
      watch_for: `${WATCH_BUCKETS * bucketMs}ms`,
      // Whoever injects the same fault again wants to see it again.
      demote_after: 0,
    },
    ...(grafana === '' ? {} : { publish: { grafana: annotations(grafana, bucketMs) } }),
    store: { path: storeFile },
    api: { endpoint: `127.0.0.1:${ports.api}`, anonymous_read: true, demo_injections_file: injectionsFile },
    telemetry: { log_level: 'warn' },
  });
}

/** As many annotations in so many buckets as by default; the shop's day is shorter than others. */
function annotations(url: string, bucketMs: number): object {
  return { url, token: `\${env:${TOKEN_VARIABLE}}`, new_window: `${WINDOW_BUCKETS * bucketMs}ms` };
}

function backend(type: string, endpoint: string): Record<string, { readonly endpoint: string }> {
  return endpoint === '' ? {} : { [type]: { endpoint } };
}

import type { ResourceKind } from '../../model/forecast.ts';

/**
 * What a metric says of a resource. `used` and `free` add up to the capacity where there is no `limit`; `after_collection`
 * is used memory without garbage; `ratio` and `percent` are used shares; `left` counts down to zero; `expiry` is seconds
 * left, or a unix time.
 */
export type CapacityRole =
  'used' | 'after_collection' | 'free' | 'limit' | 'ratio' | 'percent' | 'left' | 'expiry' | 'ignored';

export interface CapacityRule {
  /** Metrics of one family and equal attributes speak of the same resource. */
  readonly family: string;
  readonly kind: ResourceKind;
  /** By the value of the attribute that ends with `state`, where there is one. */
  readonly role: CapacityRole | Readonly<Record<string, CapacityRole>>;
  /** Only points that have these attributes. */
  readonly where?: Readonly<Record<string, string>>;
}

type Member = readonly [metric: string, role: CapacityRule['role']];

function family(kind: ResourceKind, name: string, members: readonly Member[]): [string, CapacityRule][] {
  return members.map(([metric, role]) => [metric, { family: name, kind, role }]);
}

const fileStates = { used: 'used', free: 'free' } as const;
const memoryStates = { used: 'used', free: 'free', cached: 'free', buffered: 'free', buffers: 'free' } as const;
const usedRatio = { used: 'ratio' } as const;
const usedOnly = { used: 'used' } as const;

function volume(prefix: string): [string, CapacityRule][] {
  return family('disk', prefix, [
    [`${prefix}.usage`, 'used'],
    [`${prefix}.available`, 'free'],
    [`${prefix}.capacity`, 'limit'],
  ]);
}

/** Metrics by OpenTelemetry's semantic conventions, those of the Collector's receivers, and Prometheus' exporters. */
export const capacityRules: ReadonlyMap<string, CapacityRule> = new Map([
  ...family('disk', 'system.filesystem', [
    ['system.filesystem.usage', fileStates],
    ['system.filesystem.utilization', usedRatio],
    ['system.filesystem.limit', 'limit'],
  ]),
  ...['k8s.volume', 'k8s.pod.volume', 'k8s.pod.filesystem', 'k8s.node.filesystem', 'container.filesystem'].flatMap(
    volume,
  ),
  ...family('disk', 'node_filesystem', [
    ['node_filesystem_avail_bytes', 'free'],
    ['node_filesystem_size_bytes', 'limit'],
  ]),
  ...family('disk', 'kubelet_volume', [
    ['kubelet_volume_stats_used_bytes', 'used'],
    ['kubelet_volume_stats_capacity_bytes', 'limit'],
  ]),
  ...family('memory', 'system.memory', [
    ['system.memory.usage', memoryStates],
    ['system.memory.utilization', usedRatio],
    ['system.memory.limit', 'limit'],
  ]),
  ...family('memory', 'container.memory', [
    ['container.memory.working_set', 'after_collection'],
    ['container.memory.usage', 'used'],
    ['container.memory.usage.total', 'used'],
    ['container.memory.usage.limit', 'limit'],
    ['container.memory.limit', 'limit'],
    ['container.memory.percent', 'percent'],
    ['k8s.container.memory.limit', 'limit'],
    ['k8s.container.memory_limit', 'limit'],
    ['k8s.container.memory_limit_utilization', 'ratio'],
  ]),
  ...family('memory', 'k8s.pod.memory', [['k8s.pod.memory_limit_utilization', 'ratio']]),
  ...family('memory', 'jvm.memory', [
    ['jvm.memory.used', 'used'],
    ['jvm.memory.used_after_last_gc', 'after_collection'],
    ['jvm.memory.limit', 'limit'],
  ]),
  ...family('memory', 'v8js.memory.heap', [
    ['v8js.memory.heap.used', 'used'],
    ['v8js.memory.heap.limit', 'limit'],
  ]),
  ...family('memory', 'go.memory', [
    ['go.memory.used', 'used'],
    ['go.memory.limit', 'limit'],
  ]),
  ...family('connections', 'db.client.connection', [
    ['db.client.connection.count', usedOnly],
    ['db.client.connection.max', 'limit'],
  ]),
  ...family('connections', 'db.client.connections', [
    ['db.client.connections.usage', usedOnly],
    ['db.client.connections.max', 'limit'],
  ]),
  ...family('descriptors', 'process.open_file_descriptor', [
    ['process.open_file_descriptor.count', 'used'],
    ['process.unix.file_descriptor.count', 'used'],
    ['process.open_file_descriptor.limit', 'limit'],
    ['process.unix.file_descriptor.limit', 'limit'],
  ]),
  ...family('descriptors', 'process_fds', [
    ['process_open_fds', 'used'],
    ['process_max_fds', 'limit'],
  ]),
  ...family('quota', 'k8s.resource_quota', [
    ['k8s.resource_quota.used', 'used'],
    ['k8s.resource_quota.hard_limit', 'limit'],
  ]),
  ...family('certificate', 'certificate', [
    ['httpcheck.tls.cert_remaining', 'expiry'],
    ['tlscheck.time_left', 'expiry'],
    ['probe_ssl_earliest_cert_expiry', 'expiry'],
    ['certmanager_certificate_expiration_timestamp_seconds', 'expiry'],
    ['ssl_cert_not_after', 'expiry'],
    ['x509_cert_not_after', 'expiry'],
    ['x509_cert_expires_in_seconds', 'expiry'],
  ]),
]);

/** `k8s.resourcequota.memory.request.used` and `.hard`: one for each resource. */
const QUOTA = /^(k8s\.resourcequota\..+)\.(used|hard)$/;

export function shippedRule(metric: string): CapacityRule | undefined {
  const quota = QUOTA.exec(metric);
  if (quota === null) return capacityRules.get(metric);
  return { family: quota[1] ?? metric, kind: 'quota', role: quota[2] === 'used' ? 'used' : 'limit' };
}

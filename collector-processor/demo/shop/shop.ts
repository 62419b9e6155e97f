import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Child, startChild } from '../processes/child.ts';
import { seedFor } from '../random.ts';
import type { Conditions } from './conditions.ts';
import { type Addresses, type Command, isReady } from './control.ts';
import { type ServiceName, serviceNames, versions } from './topology.ts';

const SERVICE_ENTRY = join(import.meta.dirname, '../shop-service.ts');
/** Six services on a laptop: Node would take more memory just because there is some. */
const NODE_FLAGS = ['--max-semi-space-size=2', '--max-old-space-size=128', '--expose-gc'] as const;
const STOP_MS = 1_500;
/** How long callers may still use the old instance after a rollout. */
const DRAIN_MS = 300;

export interface OtlpAddresses {
  /** `http://host:port` of OTLP over gRPC, and over HTTP. */
  readonly grpc: string;
  readonly http: string;
}

export interface ShopOptions {
  readonly otlp: OtlpAddresses;
  readonly seed: number;
  /** A service ended by itself. */
  readonly onCrash: (sentence: string) => void;
}

/** What faults may do to the shop. */
export interface ShopControls {
  tell(service: ServiceName, conditions: Partial<Conditions>): Promise<void>;
  /** Stops all work and telemetry of a service for a while. */
  freeze(service: ServiceName, ms: number): Promise<void>;
  /** Starts the service in another version; resolves when its callers go there. The old one then stops. */
  deploy(service: ServiceName, version: string): Promise<void>;
}

export interface Shop extends ShopControls {
  start(): Promise<void>;
  stop(): Promise<void>;
  port(service: ServiceName): number;
}

interface Instance {
  readonly child: Child;
  readonly port: number | undefined;
}

export function createShop({ otlp, seed, onCrash }: ShopOptions): Shop {
  const instances = new Map<ServiceName, Instance>();
  const leaving = new Set<Child>();
  const retiring = new Set<Promise<void>>();
  let started = 0;

  async function startInstance(name: ServiceName, version: string): Promise<Instance> {
    started += 1;
    const instance = `${name}-${started}`;
    const child = startChild({
      name,
      args: [...NODE_FLAGS, SERVICE_ENTRY, name, version, String(seedFor(seed, instance))],
      env: telemetryVariables({ name, version, instance, otlp }),
    });
    void child.exited.then((sentence) => {
      if (!leaving.has(child)) onCrash([sentence, ...child.stderr()].join('\n'));
    });
    const ready = await child.message(isReady);
    return { child, port: ready.port };
  }

  async function command(name: ServiceName, order: Command): Promise<void> {
    await instances.get(name)?.child.send(order);
  }

  async function announce(): Promise<void> {
    const addresses: Addresses = Object.fromEntries([...instances].map(([name, { port }]) => [name, port]));
    await Promise.all([...instances.keys()].map((name) => command(name, { kind: 'addresses', addresses })));
  }

  function stopInstance({ child }: Instance): Promise<void> {
    leaving.add(child);
    return child.stop(() => void child.send({ kind: 'stop' } satisfies Command), STOP_MS);
  }

  function retire(old: Instance): void {
    const drained = delay(DRAIN_MS).then(() => stopInstance(old));
    retiring.add(drained);
    void drained.finally(() => retiring.delete(drained));
  }

  return {
    async start() {
      await Promise.all(
        serviceNames.map(async (name) => instances.set(name, await startInstance(name, versions[name]))),
      );
      await announce();
    },
    async stop() {
      await Promise.all([...retiring, ...[...instances.values()].map(stopInstance)]);
    },
    port: (name) => instances.get(name)?.port ?? 0,
    tell: (name, conditions) => command(name, { kind: 'conditions', conditions }),
    freeze: (name, ms) => command(name, { kind: 'freeze', ms }),
    async deploy(name, version) {
      const old = instances.get(name);
      instances.set(name, await startInstance(name, version));
      await announce();
      if (old !== undefined) retire(old);
    },
  };
}

interface TelemetryPlan {
  readonly name: ServiceName;
  readonly version: string;
  readonly instance: string;
  readonly otlp: OtlpAddresses;
}

/** The standard variables of OpenTelemetry, as a service of one's own would be given. */
function telemetryVariables({ name, version, instance, otlp }: TelemetryPlan): Readonly<Record<string, string>> {
  const resource = {
    'service.namespace': 'shop',
    'service.version': version,
    'service.instance.id': instance,
    'deployment.environment.name': 'demo',
  };
  return {
    OTEL_SERVICE_NAME: name,
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(resource)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: otlp.grpc,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${otlp.http}/v1/metrics`,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${otlp.http}/v1/logs`,
  };
}

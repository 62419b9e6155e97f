import { hostname, networkInterfaces } from 'node:os';
import type { Settings } from '../../config/schema.ts';
import { parseEndpoint } from '../../publish/backends/endpoint.ts';
import { readEndpoint } from '../../runtime/endpoint.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';

/** This machine, as others may write it. */
export interface Machine {
  readonly name: string;
  /** Addresses of its interfaces. */
  readonly addresses: readonly string[];
}

interface Place {
  readonly path: readonly string[];
  readonly host: string;
  readonly port: number;
}

/** Backends that are this very Sentinel: what it forwards would come back for ever. */
export function checkOwnAddresses(settings: Settings): SettingFault[] {
  return findOwnAddresses(settings, thisMachine());
}

export function findOwnAddresses(settings: Settings, machine: Machine): SettingFault[] {
  const listeners = listenersOf(settings);
  return targetsOf(settings).flatMap((target) =>
    listeners
      .filter((listener) => target.port === listener.port && reaches(target.host, listener.host, machine))
      .map((listener) => faultOf(target, listener)),
  );
}

function faultOf(target: Place, listener: Place): SettingFault {
  return {
    paths: [target.path, listener.path],
    message: `This leads back to Sentinel itself: ${listener.path.join('.')} listens there.`,
    remedy: 'Name the store or Collector that is to have it, or give one of the two another port.',
  };
}

function listenersOf({ receivers: { otlp }, api }: Settings): Place[] {
  const listeners = [
    { on: otlp.grpc.enabled, path: ['receivers', 'otlp', 'grpc', 'endpoint'], text: otlp.grpc.endpoint },
    { on: otlp.http.enabled, path: ['receivers', 'otlp', 'http', 'endpoint'], text: otlp.http.endpoint },
    { on: true, path: ['api', 'endpoint'], text: api.endpoint },
  ];
  return listeners.flatMap(({ on, path, text }) => {
    const endpoint = readEndpoint(text);
    return !on || endpoint === undefined || endpoint.port === 0 ? [] : [{ path, ...endpoint }];
  });
}

/** Of telemetry and findings, and of Grafana. What Sentinel says about itself it may say to itself. */
function targetsOf({ forward, publish, api }: Settings): Place[] {
  const backends = Object.entries({ forward, publish }).flatMap(([stage, section]) =>
    Object.entries(section.backends)
      .filter(([, { enabled }]) => enabled)
      .map(([name, { endpoint }]) => ({ path: [stage, 'backends', name, 'endpoint'], text: endpoint })),
  );
  const grafana = [
    { path: ['publish', 'grafana', 'url'], text: publish.grafana.url },
    { path: ['api', 'grafana', 'url'], text: api.grafana.url },
  ];
  return [...backends, ...grafana].flatMap(({ path, text }) => {
    const url = text === '' ? undefined : parseEndpoint(text);
    if (url === undefined) return [];
    const byDefault = url.protocol === 'https:' ? 443 : 80;
    return [{ path, host: url.hostname, port: url.port === '' ? byDefault : Number(url.port) }];
  });
}

/** Whether a connection to `target` ends at a server that listens on `listener`, the port being the same. */
function reaches(target: string, listener: string, machine: Machine): boolean {
  const addresses = addressesOf(target, machine);
  if (listener === '::') return addresses.length > 0;
  if (listener === '0.0.0.0') return addresses.some((address) => !address.includes(':'));
  return addressesOf(listener, machine).some((address) => addresses.includes(address));
}

/** What the name of a host means on this machine; nothing when it is another's. */
function addressesOf(written: string, { name, addresses }: Machine): readonly string[] {
  const host = written.toLowerCase().replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1', '::1'];
  if (host === '0.0.0.0') return ['127.0.0.1'];
  if (host === '::') return ['::1', '127.0.0.1'];
  if (host === '::1' || host.startsWith('127.') || addresses.includes(host)) return [host];
  const own = name.toLowerCase();
  return host === own || host === own.split('.')[0] ? [...addresses, '127.0.0.1', '127.0.1.1'] : [];
}

function thisMachine(): Machine {
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address));
  return { name: hostname(), addresses };
}

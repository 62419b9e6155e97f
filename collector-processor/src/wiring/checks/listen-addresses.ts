import type { Settings } from '../../config/schema.ts';
import { type Endpoint, readEndpoint } from '../../runtime/endpoint.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';

interface Listener {
  readonly path: readonly string[];
  readonly endpoint: string;
}

/** Addresses that no server can listen on, and two listeners that would take the same one. */
export function checkListenAddresses({ receivers: { otlp }, api }: Settings): SettingFault[] {
  const listeners: Listener[] = [
    ...(otlp.grpc.enabled ? [{ path: ['receivers', 'otlp', 'grpc', 'endpoint'], endpoint: otlp.grpc.endpoint }] : []),
    ...(otlp.http.enabled ? [{ path: ['receivers', 'otlp', 'http', 'endpoint'], endpoint: otlp.http.endpoint }] : []),
    { path: ['api', 'endpoint'], endpoint: api.endpoint },
  ];
  const wrong = listeners.filter(({ endpoint }) => readEndpoint(endpoint) === undefined).map(notAnAddress);
  const clashes = listeners.flatMap((later, index) =>
    listeners
      .slice(0, index)
      .filter((earlier) => areSame(readEndpoint(earlier.endpoint), readEndpoint(later.endpoint)))
      .map((earlier) => clash(later, earlier)),
  );
  return [...wrong, ...clashes];
}

function notAnAddress({ path, endpoint }: Listener): SettingFault {
  return {
    paths: [path],
    message: `${JSON.stringify(endpoint)} is no address to listen on.`,
    remedy: 'Write address and port without a scheme: 0.0.0.0:4317, [::1]:4317, localhost:4317, or :4317 for all.',
  };
}

function clash(later: Listener, earlier: Listener): SettingFault {
  return {
    paths: [later.path, earlier.path],
    message: `${later.endpoint} is taken by ${earlier.path.join('.')} (${earlier.endpoint}).`,
    remedy: 'Give each listener a port of its own.',
  };
}

/** All addresses of a machine, and one of them, cannot be listened on with the same port. Port 0 is a free one each time. */
function areSame(one: Endpoint | undefined, other: Endpoint | undefined): boolean {
  if (one === undefined || other === undefined || one.port === 0 || one.port !== other.port) return false;
  return one.host === other.host || [one.host, other.host].some((host) => host === '::' || host === '0.0.0.0');
}

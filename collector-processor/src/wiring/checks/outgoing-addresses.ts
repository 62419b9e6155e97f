import type { Settings } from '../../config/schema.ts';
import { parseEndpoint } from '../../publish/backends/endpoint.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';

interface Target {
  readonly path: readonly string[];
  readonly address: string;
  /** Whether `host:port` will do. */
  readonly schemeOptional: boolean;
}

/** Addresses that requests cannot be sent to: another scheme than HTTP's, or none that can be read. Empty ones are not used. */
export function checkOutgoingAddresses({
  api,
  feedback,
  forward,
  publish,
  score,
  telemetry,
}: Settings): SettingFault[] {
  const backends = Object.entries({ forward, publish }).flatMap(([stage, section]) =>
    Object.entries(section.backends)
      .filter(([, { enabled }]) => enabled)
      .map(([name, { endpoint }]) => target([stage, 'backends', name, 'endpoint'], endpoint, true)),
  );
  const others = [
    target(['api', 'grafana', 'url'], api.grafana.url, false),
    target(['feedback', 'metrics_url'], feedback.metricsUrl === 'none' ? '' : feedback.metricsUrl, true),
    target(['score', 'warm_start', 'endpoint'], score.warmStart.endpoint, true),
    target(['publish', 'grafana', 'url'], publish.grafana.url, false),
    target(['telemetry', 'traces_endpoint'], telemetry.tracesEndpoint, true),
    target(['telemetry', 'metrics_endpoint'], telemetry.metricsEndpoint, false),
  ];
  return [...backends, ...others].filter(({ address }) => address !== '').flatMap(faultOf);
}

function target(path: readonly string[], address: string, schemeOptional: boolean): Target {
  return { path, address, schemeOptional };
}

/** The address itself is not shown: it may hold a password. */
function faultOf({ path, address, schemeOptional }: Target): SettingFault[] {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
  const remedy = 'Write an address such as http://localhost:4318 or https://host/path.';
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return [
      { paths: [path], message: `Requests cannot be sent by ${scheme}://, only by http:// and https://.`, remedy },
    ];
  }
  if (scheme === undefined && !schemeOptional) {
    return [{ paths: [path], message: 'The address does not begin with http:// or https://.', remedy }];
  }
  if (parseEndpoint(address) !== undefined) return [];
  return [{ paths: [path], message: 'This is no address: host or port cannot be read.', remedy }];
}

import { fixedHeaders, type HeaderOptions } from '../backends/backend-plan.ts';
import { parseEndpoint } from '../backends/endpoint.ts';
import { victoriametrics } from '../backends/victoriametrics.ts';

/** Where VictoriaMetrics is asked. */
export interface StoreAddress {
  /** Before `/api/v1/`, without credentials and without a slash at its end. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
}

const nobody: HeaderOptions = { headers: {}, auth: { bearerToken: '', username: '', password: '' } };

/**
 * From an address as it stands in a setting, of a backend or by itself. Credentials within it become a header, because fetch
 * refuses them in an address. The path of the intake, or the beginning of it, belongs to where metrics are sent.
 */
export function storeAddress(text: string, sender: HeaderOptions = nobody): StoreAddress | undefined {
  const address = parseEndpoint(text);
  if (address === undefined) return undefined;
  const intake = victoriametrics.paths.metrics.split('/').filter((segment) => segment !== '');
  const path = address.pathname.split('/').filter((segment) => segment !== '');
  for (let shared = intake.length; shared > 0; shared--) {
    if (path.slice(-shared).join('/') !== intake.slice(0, shared).join('/')) continue;
    path.splice(-shared);
    break;
  }
  return { endpoint: [address.origin, ...path].join('/'), headers: fixedHeaders(address, sender) };
}

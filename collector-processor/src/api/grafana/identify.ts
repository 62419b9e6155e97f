import type { IncomingHttpHeaders } from 'node:http';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Role } from '../../contract/token.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { GrafanaOptions } from './grafana-options.ts';
import { type IdTokenFault, readIdToken } from './id-token.ts';
import { createSigningKeys, type Fetch } from './signing-keys.ts';

/** Who sits in front of Grafana, and how that is known; or why it is not. */
export type Person =
  | { readonly kind: 'known'; readonly name: string; readonly role: Role; readonly by: 'id_token' | 'proxy_headers' }
  | { readonly kind: 'unknown'; readonly remedy: string };

export type Identify = (headers: IncomingHttpHeaders) => Promise<Person>;

interface IdentifyParts {
  readonly options: GrafanaOptions;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** What Grafana's basic roles may do at most; the same grants as in the app's plugin.json. Others read. */
const roles: Readonly<Record<string, Role>> = { Viewer: 'reader', Editor: 'operator', Admin: 'admin' };

const remedies: Readonly<Record<IdTokenFault, string>> = {
  malformed: 'What came as X-Grafana-Id is no id token of Grafana.',
  unknown_key: 'The key of the id token is not one of the Grafana at api.grafana.url. Does the sidecar reach it?',
  signature: 'The id token was not signed by the Grafana at api.grafana.url.',
  expired: 'The id token has expired. Compare the clocks of Grafana and of the sidecar.',
  early: 'The id token is from the future. Compare the clocks of Grafana and of the sidecar.',
  organisation: 'The id token is for an organisation that api.grafana.org_ids does not name.',
};

const context = Compile(Type.Object({ Login: Type.String({ minLength: 1 }), OrgRole: Type.String() }));

export const apiIdentities = {
  name: 'sentinel_api_identities_total',
  help: 'Requests through Grafana’s proxy that wanted more than to read, by what became of the person’s identity.',
};

/**
 * Finds out for whom Grafana's plugin proxy asks. The id token is believed when its signature is; what else stands in headers
 * only with `trust_proxy_identity`, and never when there is an id token: one that is wrong is no reason to believe the rest.
 */
export function createIdentify({ options, ...parts }: IdentifyParts): Identify {
  const { url, orgIds, trustProxyIdentity, clockLeeway } = options;
  const keyOf = createSigningKeys({ options, ...parts });

  async function identify(headers: IncomingHttpHeaders): Promise<readonly [string, Person]> {
    const token = headers['x-grafana-id'];
    if (token === undefined) return withoutToken(headers);
    if (url === '') {
      return ['unset', { kind: 'unknown', remedy: 'Set api.grafana.url, so that it is known for whom Grafana asks.' }];
    }
    const rules = { keyOf, nowMs: parts.clock.nowMs(), leewayMs: clockLeeway, orgIds };
    const read = await readIdToken(String(token), rules);
    if (read.kind === 'refused') return [read.fault, { kind: 'unknown', remedy: remedies[read.fault] }];
    const { sub, username, role = '' } = read.claims;
    return ['verified', { kind: 'known', name: nameOf(username ?? sub), role: roleOf(role), by: 'id_token' }];
  }

  function withoutToken(headers: IncomingHttpHeaders): readonly [string, Person] {
    const said = trustProxyIdentity ? parse(String(headers['x-grafana-context'] ?? '')) : undefined;
    if (context.Check(said)) {
      return ['trusted', { kind: 'known', name: nameOf(said.Login), role: roleOf(said.OrgRole), by: 'proxy_headers' }];
    }
    return ['missing', { kind: 'unknown', remedy: 'Grafana sent no id token (X-Grafana-Id), or it was taken away.' }];
  }

  return async (headers) => {
    const [outcome, person] = await identify(headers);
    parts.metrics.counter({ ...apiIdentities, labels: { outcome } }).add(1);
    return person;
  };
}

function roleOf(role: string): Role {
  return (Object.hasOwn(roles, role) ? roles[role] : undefined) ?? 'reader';
}

/** Names are written into logs and shown: one line, of bounded length. */
function nameOf(name: string): string {
  return name.replaceAll(/\p{C}/gu, ' ').slice(0, 100);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

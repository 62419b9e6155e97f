import type { Signal } from '../../model/signal.ts';
import { SentinelError } from '../../runtime/errors.ts';
import { loadTlsFiles } from '../../runtime/tls.ts';
import type { BackendOptions } from '../forward-options.ts';
import type { ClientTls, ConnectionOptions } from '../transport/transport.ts';
import type { BackendType, Protocol } from './backend-type.ts';
import { backendTypeNames, backendTypeOf } from './backend-types.ts';
import { parseEndpoint, pathsBelow } from './endpoint.ts';
import type { Accepted } from './wire-form.ts';

export type HeaderOptions = Pick<BackendOptions, 'headers' | 'auth'>;

/** A backend's settings laid over what its type can do. */
export interface BackendPlan {
  readonly type: BackendType;
  readonly protocol: Protocol;
  readonly signals: readonly Signal[];
  readonly accepted: Accepted;
  readonly connection: ConnectionOptions;
  /** For HTTP. */
  readonly paths: Readonly<Record<Signal, string>>;
}

/** Reads the files that the settings name. Throws SENTINEL_CONFIG_INVALID and SENTINEL_TLS_INVALID. */
export function planBackend(name: string, options: BackendOptions): BackendPlan {
  const type = backendTypeOf(name);
  if (type === undefined) throw invalid(name, `there is no such type; the types are ${backendTypeNames.join(', ')}`);
  const endpoint = parseEndpoint(options.endpoint);
  if (endpoint === undefined) throw invalid(name, 'endpoint is no address such as http://localhost:4318');
  const protocol = protocolOf(name, type, options);
  return {
    type,
    protocol,
    signals: signalsOf(name, type, options),
    accepted: acceptedBy(type, protocol, options),
    paths: pathsBelow(endpoint, type.paths, options.paths),
    connection: {
      endpoint,
      timeout: options.timeout,
      connectTimeout: options.connectTimeout,
      keepAlive: options.keepAlive,
      maxConnections: options.maxInFlight,
      tls: clientTls(name, options),
      headers: fixedHeaders(endpoint, options),
    },
  };
}

function protocolOf(name: string, { protocols }: BackendType, { protocol }: BackendOptions): Protocol {
  if (protocol === 'default') return protocols[0] ?? 'http';
  if (!protocols.includes(protocol)) throw invalid(name, `protocol ${protocol} is not one of ${protocols.join(', ')}`);
  return protocol;
}

function signalsOf(name: string, type: BackendType, options: BackendOptions): readonly Signal[] {
  const foreign = options.signals.find((signal) => !type.signals.includes(signal));
  if (foreign !== undefined) throw invalid(name, `it takes ${type.signals.join(', ')}, not ${foreign}`);
  return options.signals.length === 0 ? type.signals : options.signals;
}

function acceptedBy(type: BackendType, protocol: Protocol, { encodings, compressions }: BackendOptions): Accepted {
  const takesJson = protocol === 'http' && (encodings.length === 0 ? type.encodings : encodings).includes('json');
  return {
    encodings: new Set(takesJson ? (['protobuf', 'json'] as const) : (['protobuf'] as const)),
    compressions: new Set(compressions.length === 0 ? type.compressions : compressions),
  };
}

function clientTls(name: string, { tls }: BackendOptions): ClientTls {
  const material = loadTlsFiles(tls, `the tls of backend ${name}`);
  return {
    ...material,
    ...(tls.serverName === '' ? {} : { servername: tls.serverName }),
    ...(tls.insecureSkipVerify ? { rejectUnauthorized: false } : {}),
  };
}

/** Static headers and credentials, names in lower case. Credentials in the endpoint's address count when none are set. */
export function fixedHeaders(endpoint: URL, { headers, auth }: HeaderOptions): Readonly<Record<string, string>> {
  const fixed = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]));
  if (auth.bearerToken !== '') return { ...fixed, authorization: `Bearer ${auth.bearerToken}` };
  const username = auth.username || unescaped(endpoint.username);
  const password = auth.password || unescaped(endpoint.password);
  if (username === '') return fixed;
  return { ...fixed, authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** A percent sign that escapes nothing stands for itself. */
function unescaped(text: string): string {
  return text.replace(/(%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

function invalid(name: string, reason: string): SentinelError {
  return new SentinelError('SENTINEL_CONFIG_INVALID', `Backend ${name}: ${reason}.`);
}

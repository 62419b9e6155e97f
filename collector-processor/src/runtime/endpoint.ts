import { SentinelError } from './errors.ts';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** `0.0.0.0:4317`, `[::1]:0`, `localhost:4318` or `:4317` (every address); undefined when it is none of these. */
export function readEndpoint(text: string): Endpoint | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/\s]*)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) return undefined;
  const host = bracketed ?? plain ?? '';
  return { host: host === '' ? '::' : host, port };
}

/** As `readEndpoint`; `setting` is named in the fault when it is no address. */
export function parseEndpoint(text: string, setting: string): Endpoint {
  const endpoint = readEndpoint(text);
  if (endpoint !== undefined) return endpoint;
  throw new SentinelError('SENTINEL_CONFIG_INVALID', `${setting}: ${text} is not an address such as 0.0.0.0:4317.`);
}

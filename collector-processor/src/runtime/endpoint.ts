import { SentinelError } from './errors.ts';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** `0.0.0.0:4317`, `[::1]:0`, `localhost:4318` or `:4317` (every address). `setting` is named when it is none of these. */
export function parseEndpoint(text: string, setting: string): Endpoint {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) {
    throw new SentinelError('SENTINEL_CONFIG_INVALID', `${setting}: ${text} is not an address such as 0.0.0.0:4317.`);
  }
  const host = bracketed ?? plain ?? '';
  return { host: host === '' ? '::' : host, port };
}

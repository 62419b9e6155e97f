import { SentinelError } from '../runtime/errors.ts';

/** `127.0.0.1:8480`, `[::1]:8480`, `:8480` (every address). Throws SENTINEL_LISTEN_FAILED. */
export function parseListenAddress(endpoint: string): { host: string; port: number } {
  const [, bracketed, plain = '', port] = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(endpoint) ?? [];
  if (port === undefined || Number(port) > 65_535) {
    const message = `api.endpoint ${endpoint} is no address and port, such as 127.0.0.1:8480.`;
    throw new SentinelError('SENTINEL_LISTEN_FAILED', message);
  }
  const host = bracketed ?? plain;
  return { host: host === '' ? '::' : host, port: Number(port) };
}

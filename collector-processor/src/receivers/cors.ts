import { type CorsOptions } from './options.ts';

/** Response headers as name, value, name, value, … */
export type FlatHeaders = readonly string[];

export interface Cors {
  /** Headers of a preflight's answer: what this origin may send, and nothing when it may not. The browser compares. */
  preflight(origin: string, requestedHeaders: string): FlatHeaders;
  /** Headers that let the page read the answer to its request. */
  response(origin: string | undefined): FlatHeaders;
}

const alwaysAllowed = ['content-type', 'content-encoding'];
const vary: FlatHeaders = ['Vary', 'Origin'];

/** `undefined` when no origin is allowed: then nothing of CORS is spoken. */
export function createCors({ allowedOrigins, allowedHeaders, maxAge }: CorsOptions): Cors | undefined {
  if (allowedOrigins.length === 0) return undefined;
  const patterns = allowedOrigins.map(originPattern);
  const isAllowed = (origin: string) => patterns.some((pattern) => pattern.test(origin));
  const anyHeader = allowedHeaders.includes('*');
  const headers = [...alwaysAllowed, ...allowedHeaders.map((name) => name.toLowerCase())];
  const maxAgeSeconds = String(Math.floor(maxAge / 1000));

  return {
    preflight(origin, requestedHeaders) {
      if (!isAllowed(origin)) return vary;
      const permission = ['Access-Control-Allow-Origin', origin, 'Access-Control-Allow-Methods', 'POST'];
      const allow = anyHeader ? requestedHeaders : headers.join(', ');
      return [...vary, ...permission, 'Access-Control-Allow-Headers', allow, 'Access-Control-Max-Age', maxAgeSeconds];
    },
    response(origin) {
      if (origin === undefined || !isAllowed(origin)) return vary;
      return [...vary, 'Access-Control-Allow-Origin', origin, 'Access-Control-Expose-Headers', 'Retry-After'];
    },
  };
}

/** `https://*.example.com`: a star stands for any part of a host name or port. A star alone allows every origin. */
function originPattern(allowed: string): RegExp {
  if (allowed === '*') return /^/;
  const parts = allowed.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[a-z0-9.-]*')}$`, 'i');
}

const TOKEN_KEY = 'sentinel.token';
const kept = new Map();

export function knownToken() {
  return sessionStorage.getItem(TOKEN_KEY);
}

export function keepToken(token) {
  if (token === undefined) sessionStorage.removeItem(TOKEN_KEY);
  else sessionStorage.setItem(TOKEN_KEY, token);
}

/** `{ kind: 'changed' | 'unchanged', body }`, `{ kind: 'denied', message }`, `{ kind: 'failed', message }` or `{ kind: 'unreachable' }`. */
export async function read(path) {
  const before = kept.get(path);
  const headers = {};
  const token = knownToken();
  if (token !== null) headers.authorization = `Bearer ${token}`;
  if (before !== undefined) headers['if-none-match'] = before.etag;
  try {
    const response = await fetch(path, { headers, cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    if (response.status === 304 && before !== undefined) return { kind: 'unchanged', body: before.body };
    const body = await response.json();
    if (response.status === 401) return { kind: 'denied', message: body.error.message };
    // Readiness says 503 with a body of its own.
    if (body.error !== undefined)
      return { kind: 'failed', message: `The sidecar answered ${response.status}: ${body.error.message}` };
    kept.set(path, { etag: response.headers.get('etag') ?? '', body });
    return { kind: 'changed', body };
  } catch {
    return { kind: 'unreachable' };
  }
}

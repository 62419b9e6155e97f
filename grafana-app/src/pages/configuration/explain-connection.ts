import type { ApiError } from '../../api/api-error';
import type { Status } from '../../api/status';

/** Oldest sidecar that this app understands: what it asks of the API is there from this version on. */
export const OLDEST_SIDECAR = '0.1.0';

export interface ConnectionReport {
  readonly severity: 'success' | 'error' | 'warning';
  readonly title: string;
  readonly text: string;
}

/** A working connection in words, or why what answered cannot be used. */
export function explainStatus(status: Status, elapsedMs: number): ConnectionReport {
  if (status.product !== 'sentinel') {
    const text = "Something answered, but without Sentinel's version.";
    return { severity: 'error', title: 'This is not a Sentinel sidecar', text };
  }
  if (isOlder(status.version, OLDEST_SIDECAR)) {
    const text = `The sidecar is ${status.version}, this app needs ${OLDEST_SIDECAR} or newer. Update the sidecar.`;
    return { severity: 'error', title: 'Versions do not fit', text };
  }
  const scored = `${status.coverage.scored.toLocaleString('en-US')} series are scored.`;
  const text = `Sidecar ${status.version} answered in ${Math.round(elapsedMs)} ms with role ${status.role}. ${scored}`;
  return { severity: 'success', title: 'Connected', text };
}

export function explainFailure(error: ApiError, apiUrl: string): ConnectionReport {
  if (error.kind === 'token_refused') {
    const text = 'The sidecar answered 401. Make a new token with the command sentinel tokens.';
    return { severity: 'error', title: 'The token was refused', text };
  }
  const detail = error.kind === 'not_configured' ? '' : error.detail;
  if (/certificate|x509|tls/i.test(detail)) {
    const text = "Add its authority to Grafana's server.";
    return { severity: 'error', title: 'The certificate is not trusted', text };
  }
  if (error.kind === 'not_found') {
    const text = "Something answered, but without Sentinel's version.";
    return { severity: 'error', title: 'This is not a Sentinel sidecar', text };
  }
  const cause = detail === '' ? '' : ` Cause: ${detail}.`;
  const text = `Grafana's server calls this address, not your browser. Check name and port from there.${cause}`;
  return { severity: 'error', title: `No answer from ${apiUrl}`, text };
}

/** Compares the numbers of two versions; whatever follows a dash is left out. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => (text.split('-')[0] ?? '').split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) {
      return difference < 0;
    }
  }
  return false;
}

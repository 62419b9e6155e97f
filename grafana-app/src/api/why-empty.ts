import { toApiError } from './api-error';
import { readCoverage } from './coverage';
import { readPipeline } from './pipeline';
import type { Status } from './status';

/** What an empty list means: all well, or nobody looked. */
export type WhyEmpty =
  | { readonly kind: 'quiet' }
  | { readonly kind: 'learning'; readonly readyAtMs?: number }
  | { readonly kind: 'silent'; readonly sinceMs?: number };

/** Telemetry counts as missing after this. */
const SILENT_AFTER_MS = 5 * 60_000;

/** An empty list is called well only when something arrives and something is scored. */
export async function readWhyEmpty({ coverage }: Status, abortSignal?: AbortSignal): Promise<WhyEmpty> {
  const { lastReceivedMs, nowMs } = await readPipeline(abortSignal);
  if (lastReceivedMs === undefined) {
    return { kind: 'silent' };
  }
  if (nowMs - lastReceivedMs > SILENT_AFTER_MS) {
    return { kind: 'silent', sinceMs: nowMs - lastReceivedMs };
  }
  if (coverage.scored === 0) {
    const readyAtMs = await readFirstReady(abortSignal);
    return readyAtMs === undefined ? { kind: 'learning' } : { kind: 'learning', readyAtMs };
  }
  return { kind: 'quiet' };
}

/** When the first series is ready; undefined where nobody knows, or who asks may read incidents and not coverage. */
async function readFirstReady(abortSignal?: AbortSignal): Promise<number | undefined> {
  try {
    const { items } = await readCoverage({ state: ['learning'], limit: 500 }, abortSignal);
    const times = items.flatMap(({ readyAtMs }) => (readyAtMs === undefined ? [] : [readyAtMs]));
    return times.length === 0 ? undefined : Math.min(...times);
  } catch (fault) {
    if (toApiError(fault).kind === 'forbidden') {
      return undefined;
    }
    throw fault;
  }
}

import type { Clock } from '../../src/runtime/clock.ts';

const POLL_MS = 250;
const PATIENCE_MS = 15_000;

export interface AnnotationReader {
  /** When the first incident since then was drawn, by Grafana's clock; undefined when there is none after a while. */
  createdMs(sinceMs: number, abort: AbortSignal): Promise<number | undefined>;
}

export interface AnnotationReaderOptions {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** Looks in a real Grafana for what Sentinel has drawn there, as somebody with a dashboard open would see it. */
export function createAnnotationReader({ url, token, fetch, clock }: AnnotationReaderOptions): AnnotationReader {
  async function look(sinceMs: number): Promise<number | undefined> {
    const query = new URLSearchParams({ tags: 'sentinel:incident', type: 'annotation', limit: '100' });
    const response = await fetch(`${url.replace(/\/$/, '')}/api/annotations?${query.toString()}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const found: unknown = response.ok ? await response.json() : undefined;
    const created = Array.isArray(found) ? found.map(createdOf).filter((atMs) => atMs >= sinceMs) : [];
    return created.length === 0 ? undefined : Math.min(...created);
  }

  return {
    async createdMs(sinceMs, abort) {
      for (let waited = 0; waited < PATIENCE_MS && !abort.aborted; waited += POLL_MS) {
        const created = await look(sinceMs).catch(() => undefined);
        if (created !== undefined) return created;
        await clock.sleep(POLL_MS, abort);
      }
      return undefined;
    },
  };
}

/** NaN for what is no annotation. */
function createdOf(annotation: unknown): number {
  if (typeof annotation !== 'object' || annotation === null || !('created' in annotation)) return Number.NaN;
  return typeof annotation.created === 'number' ? annotation.created : Number.NaN;
}

import type { Clock } from '../../src/runtime/clock.ts';

const POLL_MS = 250;
const PATIENCE_MS = 15_000;

export interface AnnotationReader {
  /** When the annotation of a finding came into being by Grafana's clock; undefined when there is none after a while. */
  createdMs(findingId: string, abort: AbortSignal): Promise<number | undefined>;
}

export interface AnnotationReaderOptions {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** Looks in a real Grafana for what Sentinel has drawn there, as somebody with a dashboard open would see it. */
export function createAnnotationReader({ url, token, fetch, clock }: AnnotationReaderOptions): AnnotationReader {
  async function look(findingId: string): Promise<number | undefined> {
    const query = new URLSearchParams({ tags: `finding:${findingId}`, type: 'annotation', limit: '1' });
    const response = await fetch(`${url.replace(/\/$/, '')}/api/annotations?${query.toString()}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const found: unknown = response.ok ? await response.json() : undefined;
    return Array.isArray(found) ? createdOf(found[0]) : undefined;
  }

  return {
    async createdMs(findingId, abort) {
      for (let waited = 0; waited < PATIENCE_MS && !abort.aborted; waited += POLL_MS) {
        const created = await look(findingId).catch(() => undefined);
        if (created !== undefined) return created;
        await clock.sleep(POLL_MS, abort);
      }
      return undefined;
    },
  };
}

function createdOf(annotation: unknown): number | undefined {
  if (typeof annotation !== 'object' || annotation === null || !('created' in annotation)) return undefined;
  return typeof annotation.created === 'number' ? annotation.created : undefined;
}

import { get as httpGet, type IncomingMessage, type RequestOptions } from 'node:http';
import { AnomalyPage } from '../../src/contract/anomaly.ts';
import { IncidentDetail, IncidentPage } from '../../src/contract/incident.ts';
import { Pipeline } from '../../src/contract/pipeline.ts';
import type { Clock } from '../../src/runtime/clock.ts';
import { createReader } from './reader.ts';

const POLL_MS = 100;
const PAGE_LIMIT = 500;

const readPipeline = createReader(Pipeline);
const readPage = createReader(AnomalyPage);
const readIncidents = createReader(IncidentPage);
const readIncident = createReader(IncidentDetail);

export interface SentinelApi {
  /** Resolves when Sentinel says that it is ready. */
  ready(abort: AbortSignal): Promise<void>;
  /** Resolves when the first telemetry has come in. */
  firstTelemetry(abort: AbortSignal): Promise<void>;
  anomaliesSince(fromMs: number): Promise<AnomalyPage>;
  /** Resolves when no incident goes on any more. */
  settled(abort: AbortSignal): Promise<void>;
  /** All incidents with their timelines. */
  incidents(): Promise<readonly IncidentDetail[]>;
  /** The open event stream. */
  events(lastEventId: string, abort: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

export interface SentinelApiOptions {
  /** `http://host:port`. */
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** The part of Sentinel's REST API that the demo reads: the same that everybody else may use. */
export function createSentinelApi({ url, fetch, clock }: SentinelApiOptions): SentinelApi {
  async function get(path: string): Promise<Response> {
    const response = await fetch(`${url}${path}`);
    if (!response.ok) throw new Error(`GET ${path} was answered with ${response.status}`);
    return response;
  }

  async function poll(holds: () => Promise<boolean>, abort: AbortSignal): Promise<void> {
    while (!abort.aborted && !(await holds().catch(() => false))) await clock.sleep(POLL_MS, abort);
  }

  return {
    ready: (abort) => poll(async () => (await fetch(`${url}/readyz`)).ok, abort),
    firstTelemetry: (abort) =>
      poll(async () => {
        const pipeline = readPipeline(await (await get('/api/v1/pipeline')).json());
        return pipeline.lastReceivedMs !== undefined;
      }, abort),
    async anomaliesSince(fromMs) {
      const response = await get(`/api/v1/anomalies?from=${fromMs}&sort=startMs&limit=${PAGE_LIMIT}`);
      return readPage(await response.json());
    },
    settled: (abort) =>
      poll(async () => {
        const going = ['open', 'acknowledged', 'mitigated', 'watching'].map((state) => `state=${state}`).join('&');
        return readIncidents(await (await get(`/api/v1/incidents?${going}`)).json()).items.length === 0;
      }, abort),
    async incidents() {
      const page = readIncidents(await (await get(`/api/v1/incidents?demoted=true&limit=${PAGE_LIMIT}`)).json());
      const details: IncidentDetail[] = [];
      for (const { id } of page.items) details.push(readIncident(await (await get(`/api/v1/incidents/${id}`)).json()));
      return details;
    },
    events(lastEventId, abort) {
      const headers = { accept: 'text/event-stream', ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }) };
      return openStream(`${url}/api/v1/events`, { headers, signal: abort });
    },
  };
}

/** Not by fetch, which connects anew after an abort and then holds a connection that it never uses. */
function openStream(url: string, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpGet(url, options, (response) => {
      if (response.statusCode === 200) resolve(response);
      else reject(new Error(`GET ${url} was answered with ${response.statusCode ?? 0}`));
    }).once('error', reject);
  });
}

import type { Compression, Encoding, Wire } from '../../model/export-request.ts';
import { encodePlain } from '../../model/otlp/encode.ts';
import { type Signal, signals } from '../../model/signal.ts';
import { inflateBody } from './inflate-body.ts';
import { addDigests, countItems, digestOf } from './otlp-records.ts';
import { ok, type SinkAnswer, stores } from './sink-answer.ts';

/** One request as it arrived. */
export interface SinkRequest {
  readonly signal: Signal;
  readonly wire: Wire;
  readonly encoding: Encoding;
  readonly compression: Compression;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As received (a gRPC message without its prefix). */
  readonly body: Uint8Array;
  /** Inflated; JSON as protobuf. Empty when it cannot be read. */
  readonly payload: Uint8Array;
  /** Why the payload cannot be read; absent when it can. */
  readonly fault?: string;
  readonly items: number;
}

/** Requests that were taken (answered 2xx, or kept in spite of no answer). */
export interface SinkTally {
  readonly requests: number;
  /** Bytes as received. */
  readonly bytes: number;
  readonly items: Readonly<Record<Signal, number>>;
  /** Sum of `digestOf` over the payloads. */
  readonly digest: bigint;
}

export type AnswerRule = SinkAnswer | ((request: SinkRequest) => SinkAnswer);
export type Arrival = Omit<SinkRequest, 'payload' | 'items' | 'fault'>;

const requestMessage = {
  traces: 'ExportTraceServiceRequest',
  metrics: 'ExportMetricsServiceRequest',
  logs: 'ExportLogsServiceRequest',
} as const;

/** Reads what arrives, decides the answer and keeps the books. */
export class SinkLog {
  /** Every request with its answer, in order of arrival; empty in `tally` mode. */
  readonly requests: (SinkRequest & { readonly answer: SinkAnswer })[] = [];
  tally: SinkTally = emptyTally();
  arrivals = 0;
  rule: AnswerRule = ok;
  next: AnswerRule[] = [];
  readonly #keep: boolean;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor(keep: boolean) {
    this.#keep = keep;
  }

  take(arrival: Arrival): SinkAnswer {
    const request = readRequest(arrival);
    const rule = this.next.shift() ?? this.rule;
    const decided = typeof rule === 'function' ? rule(request) : rule;
    const unreadable = request.fault !== undefined && stores(decided);
    const answer: SinkAnswer = unreadable ? { kind: 'status', status: 400, message: request.fault } : decided;
    if (this.#keep) this.requests.push({ ...request, answer });
    if (stores(answer)) this.#count(request);
    this.arrivals++;
    for (const { count, resolve } of this.#waiting) if (this.arrivals >= count) resolve();
    this.#waiting = this.#waiting.filter(({ count }) => this.arrivals < count);
    return answer;
  }

  arrived(count: number): Promise<void> {
    if (this.arrivals >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  #count({ signal, items, payload, body }: SinkRequest): void {
    const { tally } = this;
    this.tally = {
      requests: tally.requests + 1,
      bytes: tally.bytes + body.length,
      items: { ...tally.items, [signal]: tally.items[signal] + items },
      digest: addDigests(tally.digest, digestOf(payload)),
    };
  }
}

function emptyTally(): SinkTally {
  return { requests: 0, bytes: 0, items: { traces: 0, metrics: 0, logs: 0 }, digest: 0n };
}

function readRequest(arrival: Arrival): SinkRequest {
  try {
    const inflated = inflateBody(arrival.body, arrival.compression);
    const payload = arrival.encoding === 'json' ? transcode(arrival.signal, inflated) : inflated;
    return { ...arrival, payload, items: countItems(arrival.signal, payload) };
  } catch (error) {
    return { ...arrival, payload: new Uint8Array(0), items: 0, fault: String(error) };
  }
}

function transcode(signal: Signal, json: Uint8Array): Uint8Array {
  const value: unknown = JSON.parse(Buffer.from(json).toString('utf8'));
  const result = encodePlain(requestMessage[signal], value);
  if (result.kind === 'malformed') throw new TypeError(result.reason);
  return result.bytes;
}

/** `/v1/traces`, `/otlp/v1/logs`, `…TraceService/Export`: the signal that a path names. */
export function signalOfPath(path: string): Signal | undefined {
  const lower = path.toLowerCase();
  return signals.find((signal) => lower.endsWith(`/v1/${signal}`) || lower.includes(`.${signal.replace(/s$/, '')}`));
}

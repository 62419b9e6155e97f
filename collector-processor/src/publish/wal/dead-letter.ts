import { deathOf, type Refusal, requestOf } from './dead-letter-record.ts';
import type { KeptRequest } from './kept-request.ts';
import type { LogRecord } from './record.ts';

/** What is listed of a request that a backend will not take. */
export interface DeadLetter extends Pick<
  KeptRequest,
  'signal' | 'encoding' | 'compression' | 'headers' | 'tenant' | 'receivedAtMs'
> {
  readonly id: string;
  /** Rises from letter to letter. */
  readonly sequence: number;
  readonly backend: string;
  /** Of the last refusal. */
  readonly reason: string;
  /** When it was given up; wall clock, as `receivedAtMs`. */
  readonly diedAtMs: number;
  /** As received. */
  readonly bytes: number;
  /** Spans, points or records; absent when they could not be counted. */
  readonly items?: number;
  /** Replays that the backend refused. */
  readonly refusedReplays: number;
  readonly lastReplayAtMs?: number;
}

/** The letter that the record is; `undefined` for any other record. */
export function letterOf(record: LogRecord): DeadLetter | undefined {
  const request = requestOf(record);
  const death = deathOf(record.description);
  if (request === undefined || death === undefined) return undefined;
  const { signal, encoding, compression, headers, tenant, receivedAtMs, body, owed } = request;
  const { reason, diedAtMs, items, sequence = record.sequence, refusedReplays = 0, lastReplayAtMs } = death;
  return {
    id: `${diedAtMs.toString(36)}-${sequence}`,
    sequence,
    backend: owed[0] ?? '',
    ...{ reason, diedAtMs },
    ...(items === undefined ? {} : { items }),
    ...{ signal, encoding, compression, headers, tenant, receivedAtMs },
    bytes: body.length,
    refusedReplays,
    ...(lastReplayAtMs === undefined ? {} : { lastReplayAtMs }),
  };
}

export function refusedAgain(letter: DeadLetter, { reason, atMs }: Refusal): DeadLetter {
  return { ...letter, reason, refusedReplays: letter.refusedReplays + 1, lastReplayAtMs: atMs };
}

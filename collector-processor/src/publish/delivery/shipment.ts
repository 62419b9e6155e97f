import type { Abandoned, Compression, Encoding, ExportOutcome } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';
import type { OutgoingRequest } from '../transport/transport.ts';
import { isWholeRecords } from './framing.ts';

/** One received request on its way to one backend, in the form in which that backend takes it. */
export interface Shipment {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly compression: Compression;
  readonly body: Uint8Array;
  /** The same, inflated and as protobuf. */
  readonly protobuf: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** Monotonic. */
  readonly arrivedMs: number;
  readonly abandoned: Abandoned | undefined;
  /** See `ExportRequest`. */
  readonly keep: (() => void) | undefined;
  readonly settle: (outcome: ExportOutcome) => void;
  /** From the write-ahead log: nobody waits for it, so it leaves the places to what has just arrived. */
  readonly replay: boolean;
  failedAttempts: number;
  /** Failures, no throttling, in which it travelled alone: it may be what the backend fails with. */
  failedAlone: number;
}

/** What it keeps in memory: the body as it leaves, and the inflated message when that is another array. */
export function heldBytes({ body, protobuf }: Shipment): number {
  return body === protobuf ? body.length : body.length + protobuf.length;
}

/** One request to the backend: a shipment, or several of one lane joined. Never empty. */
export type Batch = readonly Shipment[];

/** A body that has failed twice travels alone from then on: it may be what its neighbours fail with. */
const FAILURES_IN_COMPANY = 2;

/** For a request that is to travel alone from the beginning. */
export const suspect = { failedAttempts: FAILURES_IN_COMPANY, failedAlone: 0 } as const;

/** Only requests of one lane are joined: equal in signal, encoding, compression and tenant headers. Replays keep to themselves. */
export function laneKey({ signal, encoding, compression, headers, replay }: Shipment): string {
  const tenant = Object.entries(headers).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${replay ? 'replay ' : ''}${signal} ${encoding} ${compression} ${JSON.stringify(tenant)}`;
}

/**
 * Whether it may be written behind, and before, others of its lane: protobuf messages and gzip members may follow one
 * another, JSON texts may not, and of several zstd frames some readers take only the first. (That a gzip body ends with
 * its last member, the receivers have made sure of.)
 */
export function mayBeJoined({ encoding, compression, failedAttempts, protobuf }: Shipment): boolean {
  return (
    encoding === 'protobuf' &&
    compression !== 'zstd' &&
    failedAttempts < FAILURES_IN_COMPANY &&
    isWholeRecords(protobuf)
  );
}

export function toOutgoing(batch: Batch): OutgoingRequest {
  const [first] = batch;
  if (first === undefined) throw new RangeError('A batch is never empty.');
  const { signal, encoding, compression, headers } = first;
  const parts = batch.map(({ body }) => body);
  const byteLength = parts.reduce((sum, part) => sum + part.length, 0);
  return { signal, encoding, compression, headers, parts, byteLength };
}

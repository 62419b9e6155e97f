import { type EncodeResult } from '../../model/otlp/encode.ts';
import { type Signal } from '../../model/signal.ts';
import { type ReadBody } from './messages.ts';
import { type RemoteSymbols } from './remote-symbols.ts';

/** The thread died or hung over it, or the program stops. */
export interface Lost {
  readonly kind: 'lost';
}
export const lost: Lost = { kind: 'lost' };

export type ReadAway =
  | {
      readonly kind: 'read';
      readonly body: ReadBody;
      readonly symbols: RemoteSymbols;
      /** To be called when the columns are of no more use: frees their memory, and lets threads read on. */
      readonly release: () => void;
    }
  | { readonly kind: 'malformed'; readonly reason: string; readonly tooLarge?: true; readonly offset?: number }
  | Lost;

/** One body on its way through a reading thread. Neither rejects. */
export interface Reading {
  /** Of JSON, as soon as it is there; of protobuf, `lost` or never needed. */
  readonly transcoded: Promise<EncodeResult | Lost>;
  readonly read: Promise<ReadAway>;
}

/** The same from the side of the thread. */
export interface ReadingJob extends Reading {
  readonly signal: Signal;
  readonly encoding: 'protobuf' | 'json';
  /** The request's own bytes: copied when it is this one's turn. */
  readonly payload: Uint8Array;
  readonly tellTranscoded: (result: EncodeResult | Lost) => void;
  readonly tellRead: (result: ReadAway) => void;
}

export function createJob({
  signal,
  encoding,
  payload,
}: Pick<ReadingJob, 'signal' | 'encoding' | 'payload'>): ReadingJob {
  const transcoded = Promise.withResolvers<EncodeResult | Lost>();
  const read = Promise.withResolvers<ReadAway>();
  return {
    signal,
    encoding,
    payload,
    transcoded: transcoded.promise,
    read: read.promise,
    tellTranscoded: transcoded.resolve,
    tellRead(result) {
      read.resolve(result);
      // Nothing comes behind it: of JSON that is malformed, or lost, this is the only word.
      transcoded.resolve(result.kind === 'read' ? lost : result);
    },
  };
}

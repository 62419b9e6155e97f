import { type HeaderFields } from '../http-headers.ts';
import { type ErrorCodeValue } from './frames.ts';
import { type ServerStream } from './server-stream.ts';

/** Sizes in bytes. */
export interface ServerSessionOptions {
  readonly maxConcurrentStreams: number;
  readonly connectionWindow: number;
  readonly streamWindow: number;
  readonly maxFrameSize: number;
  readonly maxHeaderSize: number;
  readonly resetBurst: number;
  readonly resetRate: number;
}

export interface ServerSessionHandler {
  /** The other side has spoken HTTP/2. */
  greeted(): void;
  /** A request; what becomes of it is told to `stream.handler`, which is to be set now. Same headers, same object. */
  request(stream: ServerStream, headers: HeaderFields): void;
  /** The other side has answered a ping. */
  alive(): void;
  /** Its last open request is over. */
  idle(): void;
  /** What it said first is no HTTP/2. The socket is the handler's. */
  foreign(first: Buffer): void;
  /** It broke the protocol, and the connection ends. */
  broken(code: ErrorCodeValue): void;
}

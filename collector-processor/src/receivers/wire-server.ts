import { type AddressInfo } from 'node:net';

/** The server of one wire. Drain: `leave`, wait for the exchanges, `close`. */
export interface WireServer {
  address(): AddressInfo | undefined;
  start(): Promise<void>;
  /** Takes no new connections and no new requests; open ones go on. */
  leave(): void;
  /** Ends every connection; those that are about to end by themselves may do so first. */
  close(): Promise<void>;
}

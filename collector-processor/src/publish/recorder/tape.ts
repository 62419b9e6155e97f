import type { Compression, ExportRequest } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';

/** One request as it is kept: OTLP protobuf, compressed as it came. */
export interface Recorded {
  readonly signal: Signal;
  readonly atMs: number;
  readonly compression: Compression;
  readonly bytes: Uint8Array;
}

export interface TapeLimits {
  /** Milliseconds. */
  readonly window: number;
  /** Bytes, of all tenants. */
  readonly maxSize: number;
}

interface Reel {
  readonly requests: Recorded[];
  /** Index of the oldest that is still kept. */
  first: number;
  bytes: number;
}

/** What a request takes beside its bytes. */
const OVERHEAD_BYTES = 200;
/** The space in front of the oldest is given back when it is so long. */
const SLACK = 256;

/**
 * The last minutes of what was received, by tenant, in bounded memory: a body is copied once, as it came, since its own memory
 * serves the next request. Whoever has most gives up its oldest when there is no room.
 */
export class Tape {
  readonly #limits: TapeLimits;
  readonly #reels = new Map<string, Reel>();
  #bytes = 0;
  #dropped = 0;

  constructor(limits: TapeLimits) {
    this.#limits = limits;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Requests that were given up before their time, for want of room. */
  get dropped(): number {
    return this.#dropped;
  }

  /** `protobuf` is what JSON was turned into. */
  keep({ signal, tenant, encoding, compression, body, receivedAtMs: atMs }: ExportRequest, protobuf: Uint8Array): void {
    const isJson = encoding === 'json';
    const source = isJson ? protobuf : body;
    const size = source.byteLength + OVERHEAD_BYTES;
    if (size > this.#limits.maxSize) {
      this.#dropped++;
      return;
    }
    let reel = this.#reels.get(tenant);
    if (reel === undefined) {
      reel = { requests: [], first: 0, bytes: 0 };
      this.#reels.set(tenant, reel);
    }
    reel.requests.push({ signal, atMs, compression: isJson ? 'identity' : compression, bytes: new Uint8Array(source) });
    reel.bytes += size;
    this.#bytes += size;
    this.#forget(atMs - this.#limits.window);
    while (this.#bytes > this.#limits.maxSize) {
      this.#drop(this.#greatest());
      this.#dropped++;
    }
  }

  /** Of one tenant, oldest first. */
  of(tenant: string, nowMs: number): readonly Recorded[] {
    const reel = this.#reels.get(tenant);
    return reel?.requests.slice(reel.first).filter(({ atMs }) => atMs >= nowMs - this.#limits.window) ?? [];
  }

  #forget(beforeMs: number): void {
    for (const [tenant, reel] of this.#reels) {
      while ((reel.requests[reel.first]?.atMs ?? Infinity) < beforeMs) this.#drop(reel);
      if (reel.bytes === 0) this.#reels.delete(tenant);
    }
  }

  #greatest(): Reel | undefined {
    let most: Reel | undefined;
    for (const reel of this.#reels.values()) if (reel.bytes > (most?.bytes ?? 0)) most = reel;
    return most;
  }

  #drop(reel: Reel | undefined): void {
    const oldest = reel?.requests[reel.first];
    if (reel === undefined || oldest === undefined) return;
    const size = oldest.bytes.byteLength + OVERHEAD_BYTES;
    reel.bytes -= size;
    this.#bytes -= size;
    reel.first++;
    if (reel.first < SLACK && reel.bytes > 0) return;
    reel.requests.splice(0, reel.first);
    reel.first = 0;
  }
}

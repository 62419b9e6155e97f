import { gzipSync } from 'node:zlib';
import type { Signal } from '../../src/model/signal.ts';
import { buildBodies } from '../scan/bodies.ts';
import type { Compression } from './cases.ts';
import { addTallies, type ItemTally, NO_ITEMS, tallyOf } from './item-tally.ts';

/** Bodies as they go over the wire, and what is in them. */
export interface Load {
  readonly bodies: readonly Uint8Array[];
  readonly tally: ItemTally;
  readonly items: number;
}

/** Tags of OTLP's `fixed64` times; see `findTimes`. */
const TIME_TAGS = Uint8Array.from({ length: 256 }, (_, tag) =>
  [0x09, 0x11, 0x19, 0x39, 0x41, 0x59].includes(tag) ? 1 : 0,
);
/** Times lie this far in the past when they are sent, on average: on their way through an exporter's batch. */
const AGE_MS = 1_000;
/** Time of the bodies of a round: less than sending them takes, since time goes on from one round to the next. */
const ROUND_MS = 500;

/** Bodies of one signal and size that can be dated anew, so that each run sends telemetry of its own time. */
export class BodySource {
  readonly signal: Signal;
  private readonly raw: readonly Uint8Array[];
  private readonly times: readonly Uint32Array[];
  private base: bigint;
  /** Of the part that was dated last. */
  private tookMs = 0;

  constructor(signal: Signal, bodies: number, itemsPerBody: number) {
    this.signal = signal;
    this.raw = buildBodies(signal, { bodies, itemsPerBody, seed: 11, stepMs: ROUND_MS / bodies });
    this.base = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;
    this.times = this.raw.map((body) => findTimes(body, this.base));
  }

  /** `from` and `to` pick a part of the bodies. All are dated anew; time goes on by as much as that part takes. */
  load(from: number, to: number, compression: Compression): Load {
    this.redate((ROUND_MS * (to - from)) / this.raw.length);
    const raw = this.raw.slice(from, to);
    const tally = raw.reduce((sum, body) => addTallies(sum, tallyOf(this.signal, body)), NO_ITEMS);
    const bodies = compression === 'gzip' ? raw.map((body) => new Uint8Array(gzipSync(body))) : raw;
    return { bodies, tally, items: tally.count };
  }

  /** A point of a stream that is not newer than the last one is a repeat, so no round begins before the last one's end. */
  private redate(tookMs: number): void {
    const now = BigInt(Date.now() - AGE_MS) * 1_000_000n;
    const end = this.base + BigInt(Math.ceil(this.tookMs * 1e6));
    const from = now > end ? now : end;
    const shift = from - this.base;
    this.base = from;
    this.tookMs = tookMs;
    this.raw.forEach((body, i) => {
      const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
      for (const at of this.times[i] ?? []) view.setBigUint64(at, view.getBigUint64(at, true) + shift, true);
    });
  }
}

/** All times lie this near to the first one; the nearer, the fewer other bytes look like one. */
const NEAR_NS = 60_000_000_000n;

/** Where times stand: behind a tag of one, near the first moment of 2026. */
function findTimes(body: Uint8Array, first: bigint): Uint32Array {
  const found: number[] = [];
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const high = Number(first >> 48n);
  for (let at = 1; at + 8 <= body.byteLength; at++) {
    if (TIME_TAGS[body[at - 1] as number] === 0 || view.getUint16(at + 6, true) !== high) continue;
    const distance = view.getBigUint64(at, true) - first;
    if (distance > -NEAR_NS && distance < NEAR_NS) found.push(at);
  }
  return Uint32Array.from(found);
}

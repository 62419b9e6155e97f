import * as zlib from 'node:zlib';
import { type Compression } from '../model/export-request.ts';
import { BodyBuffer, type ByteReserve } from './body-buffer.ts';
import { type BodyMemory } from './body-memory.ts';
import { codeOf, messageOf } from './errors.ts';
import { freeMemory } from './free-memory.ts';
import { zstdFrames } from './zstd-frames.ts';

/** `too_large`: over the cap. `full`: the reserve has no room now. */
export type Inflated =
  | {
      readonly kind: 'inflated';
      readonly payload: Uint8Array;
      /** Gives back what was lent: the payload must not be read any more. */
      readonly release?: () => void;
    }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'full' }
  | { readonly kind: 'malformed'; readonly reason: string };

export interface InflateJob {
  readonly body: Uint8Array;
  readonly compression: Exclude<Compression, 'identity'>;
  /** Cap on what comes out. A bomb costs at most this much, and nothing when its header is honest. */
  readonly maxBytes: number;
  readonly reserve: ByteReserve;
  /** Lends memory for what comes out; without it each payload has memory of its own. */
  readonly memory?: BodyMemory;
}

/** Bodies up to these sizes are inflated at once: a few milliseconds at most, and no way through the thread pool. */
const NOW_BODY_BYTES = 256 * 1024;
const NOW_PAYLOAD_BYTES = 1024 * 1024;
/** A little more than the announced length, so that the end is found without a second output buffer. */
const SLACK_BYTES = 64;
const STREAM_CHUNK_BYTES = 256 * 1024;
const DEFAULT_CHUNK_BYTES = 16 * 1024;
const MIN_CHUNK_BYTES = 1024;
/** Smaller ones come out of the pool that small buffers share. */
const LEAST_LENT_BYTES = 16 * 1024;
/** Deflate cannot do better than 1032 : 1; a trailer that says so is a lie. */
const MAX_DEFLATE_RATIO = 1032;
/** Largest window (2^25 = 32 MiB, what the strongest common encoders use) of a zstd frame of unstated length. */
const ZSTD_WINDOW_LOG_MAX = 25;

/** One piece that the engine inflates in one run: a whole gzip body (Node reads all its members), or one zstd frame. */
interface Part {
  readonly bytes: Uint8Array;
  readonly announcedBytes: number | undefined;
}

const tooLarge = { kind: 'too_large' } as const;
const full = { kind: 'full' } as const;

/** Inflates a small body synchronously; `undefined` when it is, or turns out to be, too big for that: use `inflateLater`. */
export function inflateNow(job: InflateJob): Inflated | undefined {
  if (job.body.length > NOW_BODY_BYTES) return undefined;
  const parts = partsOf(job);
  if (typeof parts === 'string') return { kind: 'malformed', reason: parts };
  const outputs: Uint8Array[] = [];
  let length = 0;
  for (const part of parts) {
    const room = Math.min(job.maxBytes, NOW_PAYLOAD_BYTES) - length;
    if (part.announcedBytes !== undefined && part.announcedBytes > room) return overNow(job);
    const output = runNow(job.compression, part, room);
    if (output === 'over') return overNow(job);
    if ('kind' in output) return output;
    outputs.push(output);
    length += output.length;
  }
  return gathered(outputs, length, job);
}

/**
 * Into memory that is lent: what zlib has written to is freed at once. The copy costs a tenth of what it saves (see
 * `freeMemory`).
 */
function gathered(outputs: readonly Uint8Array[], length: number, { reserve, memory }: InflateJob): Inflated {
  const [only] = outputs;
  const isLent = memory !== undefined && length >= LEAST_LENT_BYTES;
  if (!reserve.take(isLent ? memory.sizeFor(length) : length)) return full;
  if (!isLent) {
    const payload = outputs.length === 1 && only !== undefined ? only : Buffer.concat(outputs, length);
    return { kind: 'inflated', payload };
  }
  const lent = memory.take(length);
  let at = 0;
  for (const output of outputs) {
    lent.set(output, at);
    at += output.length;
    if (output.buffer.byteLength <= output.length + MIN_CHUNK_BYTES) freeMemory(new Uint8Array(output.buffer));
  }
  return { kind: 'inflated', payload: lent.subarray(0, length), release: () => memory.giveBack(lent) };
}

/** Inflates in the thread pool, with every chunk accounted for before it is kept. Stops at the cap. */
export async function inflateLater(job: InflateJob): Promise<Inflated> {
  const parts = partsOf(job);
  if (typeof parts === 'string') return { kind: 'malformed', reason: parts };
  const payload = new BodyBuffer(job.maxBytes, job.reserve);
  for (const part of parts) {
    const claimed = payload.claim(payload.length + (part.announcedBytes ?? 0));
    if (claimed !== 'ok') return { kind: claimed };
    const failure = await stream(job.compression, part, payload);
    if (failure !== undefined) return failure;
  }
  return { kind: 'inflated', payload: payload.bytes() };
}

function partsOf({ body, compression }: InflateJob): readonly Part[] | string {
  if (compression === 'gzip') return [{ bytes: body, announcedBytes: gzipAnnounced(body) }];
  const frames = zstdFrames(body);
  if (typeof frames === 'string') return frames;
  return frames.map(({ bytes, contentBytes }) => ({ bytes, announcedBytes: contentBytes }));
}

/** The last four bytes: length of the last member modulo 2^32. Only a hint, and none when it cannot be true. */
function gzipAnnounced(body: Uint8Array): number | undefined {
  if (body.length < 18) return undefined;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const announced = view.getUint32(body.length - 4, true);
  return announced > body.length * MAX_DEFLATE_RATIO ? undefined : announced;
}

/** Over what is done at once: over the cap too, or just a matter for later. */
function overNow({ maxBytes }: InflateJob): Inflated | undefined {
  return maxBytes <= NOW_PAYLOAD_BYTES ? tooLarge : undefined;
}

function runNow(compression: InflateJob['compression'], part: Part, room: number): Uint8Array | 'over' | Inflated {
  const chunkSize = Math.max(part.announcedBytes ?? DEFAULT_CHUNK_BYTES, MIN_CHUNK_BYTES) + SLACK_BYTES;
  const options = { chunkSize, maxOutputLength: Math.max(room, 1) };
  try {
    const output = compression === 'gzip' ? zlib.gunzipSync(part.bytes, options) : unzstd(part.bytes, options);
    return output.length > room ? 'over' : output;
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return 'over';
    return { kind: 'malformed', reason: messageOf(error) };
  }
}

const zstdParams = { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX };

function unzstd(bytes: Uint8Array, options: zlib.ZstdOptions): Uint8Array {
  return zlib.zstdDecompressSync(bytes, { ...options, params: zstdParams });
}

/** A zstd frame of stated length gets one output buffer of that length: zstd then needs no window beside it. */
function createEngine(compression: InflateJob['compression'], { announcedBytes }: Part) {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: STREAM_CHUNK_BYTES });
  const chunkSize = announcedBytes === undefined ? STREAM_CHUNK_BYTES : announcedBytes + SLACK_BYTES;
  return zlib.createZstdDecompress({ chunkSize, params: zstdParams });
}

function stream(
  compression: InflateJob['compression'],
  part: Part,
  payload: BodyBuffer,
): Promise<Inflated | undefined> {
  return new Promise((resolve) => {
    const engine = createEngine(compression, part);
    engine.on('data', (chunk: Buffer) => {
      const kept = payload.push(chunk);
      if (kept === 'ok') return;
      resolve({ kind: kept });
      engine.destroy();
    });
    engine.on('end', () => resolve(undefined));
    engine.on('error', (error) => resolve({ kind: 'malformed', reason: messageOf(error) }));
    engine.end(part.bytes);
  });
}

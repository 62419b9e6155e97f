/** HTTP/2 frames as they go over the wire (RFC 9113). */
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
export const FRAME_HEAD_BYTES = 9;
/** What every peer takes without having said so. */
export const LEAST_MAX_FRAME_BYTES = 16_384;
export const DEFAULT_WINDOW = 65_535;
export const MAX_WINDOW = 2_147_483_647;

export const FrameType = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const Flag = { ack: 1, endStream: 1, endHeaders: 4, padded: 8, priority: 32 } as const;

export const Setting = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
  maxHeaderListSize: 6,
} as const;

/** RFC 9113 §7. */
export const ErrorCode = {
  none: 0,
  protocol: 1,
  internal: 2,
  flowControl: 3,
  streamClosed: 5,
  frameSize: 6,
  refusedStream: 7,
  cancel: 8,
  compression: 9,
  enhanceYourCalm: 11,
} as const;
export type ErrorCodeValue = (typeof ErrorCode)[keyof typeof ErrorCode];

export interface FrameHead {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
}

/** Returns where its payload goes. */
export function writeFrameHead(to: Buffer, at: number, head: FrameHead & { readonly length: number }): number {
  const { type, flags, stream, length } = head;
  to.writeUIntBE(length, at, 3);
  to[at + 3] = type;
  to[at + 4] = flags;
  to.writeUInt32BE(stream, at + 5);
  return at + FRAME_HEAD_BYTES;
}

export function frame(head: FrameHead, payload?: Uint8Array): Buffer {
  const length = payload?.length ?? 0;
  const bytes = Buffer.allocUnsafe(FRAME_HEAD_BYTES + length);
  writeFrameHead(bytes, 0, { ...head, length });
  if (payload !== undefined) bytes.set(payload, FRAME_HEAD_BYTES);
  return bytes;
}

/** HEADERS and as many CONTINUATION as the block needs. */
export function headerFrames(stream: number, block: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at === 0 || at < block.length; at += LEAST_MAX_FRAME_BYTES) {
    const isLast = at + LEAST_MAX_FRAME_BYTES >= block.length;
    const type = at === 0 ? FrameType.headers : FrameType.continuation;
    const piece = block.subarray(at, at + LEAST_MAX_FRAME_BYTES);
    pieces.push(frame({ type, flags: isLast ? Flag.endHeaders : 0, stream }, piece));
  }
  const [first] = pieces;
  return first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces);
}

/** A frame whose payload is numbers of 32 bits. */
function numberFrame(head: FrameHead, ...numbers: readonly number[]): Buffer {
  const payload = Buffer.allocUnsafe(4 * numbers.length);
  numbers.forEach((number, i) => payload.writeUInt32BE(number, 4 * i));
  return frame(head, payload);
}

export function settingsFrame(settings: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.allocUnsafe(6 * settings.length);
  settings.forEach(([id, value], i) => {
    payload.writeUInt16BE(id, 6 * i);
    payload.writeUInt32BE(value, 6 * i + 2);
  });
  return frame({ type: FrameType.settings, flags: 0, stream: 0 }, payload);
}

export const settingsAck = frame({ type: FrameType.settings, flags: Flag.ack, stream: 0 });

/** `payload`: eight bytes, those of the ping that is answered. */
export function pingFrame(payload: Uint8Array, isAnswer: boolean): Buffer {
  return frame({ type: FrameType.ping, flags: isAnswer ? Flag.ack : 0, stream: 0 }, payload);
}

export function windowFrame(stream: number, bytes: number): Buffer {
  return numberFrame({ type: FrameType.windowUpdate, flags: 0, stream }, bytes);
}

export function resetFrame(stream: number, code: number): Buffer {
  return numberFrame({ type: FrameType.rstStream, flags: 0, stream }, code);
}

/** Streams up to `lastStream` are seen to. */
export function goAwayFrame(lastStream: number, code: number): Buffer {
  return numberFrame({ type: FrameType.goAway, flags: 0, stream: 0 }, lastStream, code);
}

/**
 * Finds the frames of a zstd body (RFC 8878 §3.1) without inflating them: Node inflates one frame and silently leaves the
 * rest. Only frame and block headers are read.
 */
export interface ZstdFrame {
  readonly bytes: Uint8Array;
  /** As the frame announces it; `undefined` when it does not (a stream whose length was not known at its start). */
  readonly contentBytes: number | undefined;
}

/** A frame costs more than its bytes; nobody who means well sends many. */
const MAX_FRAMES = 128;
const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a5;
const MIN_HEADER_BYTES = 5;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const blockType = { rle: 1, reserved: 3 } as const;

/** The frames in order, without skippable ones, or the reason why these bytes are not a row of whole frames. */
export function zstdFrames(body: Uint8Array): ZstdFrame[] | string {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const frames: ZstdFrame[] = [];
  try {
    for (let at = 0, count = 0; at < body.length; count++) {
      if (count === MAX_FRAMES) return `more than ${MAX_FRAMES} zstd frames`;
      const magic = view.getUint32(at, true);
      if (magic >>> 4 === SKIPPABLE_MAGIC) {
        at += 8 + view.getUint32(at + 4, true);
        if (at > body.length) return 'a zstd frame is cut short';
        continue;
      }
      if (magic !== FRAME_MAGIC) return 'not a zstd frame';
      const header = readHeader(view, at);
      const end = endOfBlocks(view, at + header.bytes) + header.checksumBytes;
      if (end > body.length) return 'a zstd frame is cut short';
      frames.push({ bytes: body.subarray(at, end), contentBytes: header.contentBytes });
      at = end;
    }
  } catch (error) {
    if (error instanceof RangeError) return 'a zstd frame is cut short';
    throw error;
  }
  return frames;
}

function readHeader(view: DataView, at: number) {
  const descriptor = view.getUint8(at + 4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const windowBytes = singleSegment ? 0 : 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  return {
    bytes: MIN_HEADER_BYTES + windowBytes + dictionaryBytes + sizeBytes,
    contentBytes: readContentSize(view, at + MIN_HEADER_BYTES + windowBytes + dictionaryBytes, sizeBytes),
    checksumBytes: (descriptor & 4) === 0 ? 0 : CHECKSUM_BYTES,
  };
}

function readContentSize(view: DataView, at: number, sizeBytes: number): number | undefined {
  switch (sizeBytes) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    case 8:
      return Number(view.getBigUint64(at, true));
    default:
      return undefined;
  }
}

/** Walks from block to block. A read behind the end throws RangeError. */
function endOfBlocks(view: DataView, start: number): number {
  let at = start;
  for (;;) {
    const header = view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
    const type = (header >>> 1) & 3;
    at += BLOCK_HEADER_BYTES + (type === blockType.rle ? 1 : header >>> 3);
    if (type === blockType.reserved || at > view.byteLength) throw new RangeError('block');
    if ((header & 1) === 1) return at;
  }
}

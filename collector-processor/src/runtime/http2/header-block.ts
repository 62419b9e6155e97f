import { Flag, ErrorCode, type ErrorCodeValue, FrameType, type FrameHead } from './frames.ts';

/** Headers of a stream, whole. */
export interface HeaderBlock {
  readonly stream: number;
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** Puts HEADERS and the CONTINUATION frames behind it together; nothing else may come in between. */
export class HeaderBlocks {
  readonly #maxBytes: number;
  #stream = 0;
  #isLast = false;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether a frame may come now. */
  allows({ type, stream }: FrameHead): boolean {
    if (type === FrameType.continuation) return this.#stream !== 0 && stream === this.#stream;
    return this.#stream === 0;
  }

  /** `undefined`: more is to come. The block may be a view of the payload. */
  push(head: FrameHead, payload: Buffer): HeaderBlock | ErrorCodeValue | undefined {
    const isWhole = (head.flags & Flag.endHeaders) !== 0;
    if (head.type === FrameType.continuation) return this.#more(payload, isWhole);
    const bytes = fragmentOf(head, payload);
    if (bytes === undefined) return ErrorCode.protocol;
    const isLast = (head.flags & Flag.endStream) !== 0;
    if (isWhole) {
      return bytes.length > this.#maxBytes ? ErrorCode.enhanceYourCalm : { stream: head.stream, bytes, isLast };
    }
    this.#stream = head.stream;
    this.#isLast = isLast;
    this.#bytes = 0;
    this.#parts = [];
    return this.#more(bytes, false);
  }

  #more(bytes: Buffer, isWhole: boolean): HeaderBlock | ErrorCodeValue | undefined {
    // An empty one that is not the last does nothing but ask to be read.
    if (bytes.length === 0 && !isWhole && this.#parts.length > 0) return ErrorCode.enhanceYourCalm;
    this.#bytes += bytes.length;
    if (this.#bytes > this.#maxBytes) return ErrorCode.enhanceYourCalm;
    this.#parts.push(Buffer.from(bytes));
    if (!isWhole) return undefined;
    const block = { stream: this.#stream, bytes: Buffer.concat(this.#parts), isLast: this.#isLast };
    this.#stream = 0;
    this.#parts = [];
    return block;
  }
}

/** Without padding and priority; `undefined` when they do not fit. */
function fragmentOf({ flags }: FrameHead, payload: Buffer): Buffer | undefined {
  let at = 0;
  let padding = 0;
  if ((flags & Flag.padded) !== 0) padding = payload[at++] ?? payload.length + 1;
  if ((flags & Flag.priority) !== 0) at += 5;
  return at + padding > payload.length ? undefined : payload.subarray(at, payload.length - padding);
}

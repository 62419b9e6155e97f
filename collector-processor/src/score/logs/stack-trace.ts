import { byteKinds, Code, LINE_END, SPACE } from './byte-kinds.ts';

/**
 * Stack traces as the usual languages write them, in one body of several lines or in a record for each line. Two failures
 * are the same when they come from the same place: the innermost function, without line numbers and addresses.
 */
interface FrameForm {
  readonly pattern: RegExp;
  /** The innermost function comes last. */
  readonly lastIsInnermost?: true;
}

const forms: readonly FrameForm[] = [
  // Java, Kotlin, JavaScript, .NET
  { pattern: /^\s*at (?:async |new )?([\w$.<>`+[\]/-]*[\w$>\]])\s?(?:\(.*\)(?: in .*)?|\[as .*)$/ },
  { pattern: /^\s*at (?:async |file:\/\/)?(\/?[^\s:()]+):\d+:\d+$/ },
  // Python
  { pattern: /^\s+File "[^"]+", line \d+, in (\S+)$/, lastIsInnermost: true },
  // Ruby
  { pattern: /^\s*from \S+:\d+:in [`'](.+)'$/ },
  // PHP
  { pattern: /^#\d+ (?:\S+\(\d+\)|\[internal function\]): ([\w\\:>-]+)/ },
  // Go
  { pattern: /^\t(\S+\.go):\d+(?: \+0x[0-9a-f]+)?$/ },
  // Rust
  { pattern: /^\s+\d+: (?:\s*0x[0-9a-f]+ - )?([\w<>{}]+(?:::[\w<>{}]+)+)$/ },
];

/** Lines of a trace that name no function. */
const between =
  /^(?:Caused by: \S|Suppressed: \S|\s*\.\.\. \d+ (?:more|common frames omitted)|goroutine \d+ \[[^\]]*\]:$|Traceback \(most recent call last\):$|#\d+ \{main\}$|\s+at \S+\.rs:\d+(?::\d+)?$)/;
const goFunction = /^[\w./*()-]+\(.*\)$/;

const TRACEBACK = 'Traceback (most recent call last):';
const MAX_LINE = 400;
const MAX_LINES = 200;
const MAX_BODY = 16_384;
const MAX_PLACE = 160;
const decoder = new TextDecoder();

export class StackTrace {
  /** Innermost function met so far; empty when there is none. */
  place = '';
  isOpen = false;
  private settled = false;

  clear(): void {
    this.place = '';
    this.isOpen = this.settled = false;
  }

  /** The place is no longer asked for; further lines still belong. */
  takePlace(): string {
    const { place } = this;
    this.place = '';
    this.settled = true;
    return place;
  }

  /** Takes bytes[start, end) as the next line; false when it is no line of a trace. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.mayBelong(bytes, start, end)) return false;
    const line = decoder.decode(bytes.subarray(start, Math.min(end, start + MAX_LINE))).trimEnd();
    if (between.test(line)) return (this.isOpen = true);
    for (const { pattern, lastIsInnermost } of forms) {
      const [, place] = pattern.exec(line) ?? [];
      if (place === undefined) continue;
      this.isOpen = true;
      if (!this.settled) this.place = place.slice(0, MAX_PLACE);
      this.settled = lastIsInnermost !== true;
      return true;
    }
    // The source line under a frame of Python, and the function over a frame of Go.
    return this.isOpen && (/^\s/.test(line) || goFunction.test(line));
  }

  /** A look at two bytes spares nearly all lines the rest. */
  private mayBelong(bytes: Uint8Array, start: number, end: number): boolean {
    if (start >= end) return false;
    const first = bytes[start] as number;
    if (this.isOpen || byteKinds[first] === SPACE || first === Code.hash) return true;
    const pair = (first << 8) | (bytes[start + 1] as number);
    return openings.has(pair);
  }
}

const openings: ReadonlySet<number> = new Set(
  ['at', 'Ca', 'Su', '..', 'go', 'Tr', 'fr'].map((text) => (text.charCodeAt(0) << 8) | text.charCodeAt(1)),
);

export interface TracedBody {
  /** Where the line stands that says what happened. */
  readonly start: number;
  readonly end: number;
  /** Empty when there is no trace. */
  readonly place: string;
}

/** Reads a body of several lines. The first line says what happened, in Python the first one behind the frames. */
export function readTracedBody(bytes: Uint8Array, start: number, end: number, trace: StackTrace): TracedBody {
  trace.clear();
  const stop = Math.min(end, start + MAX_BODY);
  let at = endOfLine(bytes, start, stop);
  const headIsTrace = trace.take(bytes, start, at);
  let head = { start, end: headIsTrace ? end : at };
  for (let lines = 1; lines < MAX_LINES && at < stop; lines++) {
    const from = at + 1;
    at = endOfLine(bytes, from, stop);
    if (trace.take(bytes, from, at) || !headIsTrace || from >= at) continue;
    head = { start: from, end: at };
    break;
  }
  const { place } = trace;
  trace.clear();
  return { ...head, place };
}

/** Whether a body starts with a trace and says behind it what happened, as Python does. */
export function startsWithTrace(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = 0; at < TRACEBACK.length; at++) {
    if (start + at >= end || bytes[start + at] !== TRACEBACK.charCodeAt(at)) return false;
  }
  return true;
}

/** End of the line that `from` is in. */
function endOfLine(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && byteKinds[bytes[at] as number] !== LINE_END) at++;
  return at;
}

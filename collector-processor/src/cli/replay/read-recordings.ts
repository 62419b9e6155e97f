import type { Decoder } from '../../decode/decoder.ts';
import { splitRequest } from './split-request.ts';
import type { Recording, Telemetry } from './telemetry.ts';
import { timeRange, type TimeRange } from './time-range.ts';

/** A request, and the time of its items; without a time when it could not be read or has no items. */
export interface TimedTelemetry extends Telemetry {
  readonly range: TimeRange | undefined;
}

export interface ReadOptions {
  readonly decoder: Pick<Decoder, 'decode'>;
  readonly bucketMs: number;
  /** A request that spans more time is taken apart. */
  readonly longestMs: number;
}

/** One recording with the times of its requests. */
async function* timed(recording: Recording, options: ReadOptions): AsyncGenerator<TimedTelemetry> {
  for await (const telemetry of recording) yield* whole(telemetry, options) ?? apart(telemetry, options);
}

function whole(telemetry: Telemetry, { decoder, longestMs }: ReadOptions): TimedTelemetry[] | undefined {
  const result = decoder.decode(telemetry.signal, telemetry.protobuf);
  if (result.kind === 'malformed') return [{ ...telemetry, range: undefined }];
  const range = timeRange(result.columns);
  const isLong = range !== undefined && range.lastMs - range.firstMs > longestMs;
  return isLong || result.columns.skipped > 0 ? undefined : [{ ...telemetry, range }];
}

function apart(telemetry: Telemetry, { decoder, bucketMs }: ReadOptions): TimedTelemetry[] {
  return splitRequest(telemetry, bucketMs).map((part) => {
    const result = decoder.decode(part.signal, part.protobuf);
    return { ...part, range: result.kind === 'malformed' ? undefined : timeRange(result.columns) };
  });
}

/** Several recordings as one, in the order of time: of each the next request is in memory. */
export async function* readRecordings(
  recordings: readonly Recording[],
  options: ReadOptions,
): AsyncGenerator<TimedTelemetry> {
  const inputs = recordings.map((recording) => timed(recording, options));
  const [only] = inputs;
  if (only !== undefined && inputs.length === 1) {
    yield* only;
    return;
  }
  const heads = await Promise.all(inputs.map(async (input) => ({ input, head: await input.next() })));
  for (;;) {
    let first: (typeof heads)[number] | undefined;
    for (const one of heads) {
      if (one.head.done !== true && (first === undefined || startOf(one.head) < startOf(first.head))) first = one;
    }
    if (first === undefined || first.head.done === true) return;
    yield first.head.value;
    first.head = await first.input.next();
  }
}

/** One without a time is no reason to wait. */
function startOf(head: IteratorResult<TimedTelemetry>): number {
  return head.done === true ? Infinity : (head.value.range?.firstMs ?? -Infinity);
}

/**
 * The scanner beside protobufjs on random and on damaged messages. For every message
 *
 * - what protobufjs refuses the scanner refuses too; what only the scanner refuses is a group (proto3 has none) or a
 *   number of more than ten bytes in an unknown field, both of which protobufjs steps over;
 * - the scanner's verdict is that of this project's own small decoder, which reads everything where the scanner skips;
 * - of a message that both accept, every column of every row says what protobufjs says;
 * - the same bytes between poison give the same verdict and the same rows: nothing outside the message is read.
 *
 * DIFFERENTIAL_MESSAGES sets how many messages of all signals together, DIFFERENTIAL_SEED repeats a run.
 */
import { describe, expect, test } from '@jest/globals';
import { createDecoder } from '../src/decode/decoder.ts';
import { type TelemetryColumns } from '../src/model/columns.ts';
import { decodeMessage } from '../src/model/otlp/decode-message.ts';
import { encodePlain } from '../src/model/otlp/encode.ts';
import { type MessageName } from '../src/model/otlp/schema.ts';
import { type Signal, signals } from '../src/model/signal.ts';
import { messageOf } from '../src/runtime/errors.ts';
import { createSelfMetrics } from '../src/runtime/self-metrics.ts';
import { loadOracle } from '../src/testing/otlp-oracle.ts';
import { createRandom, type Random } from '../src/testing/random.ts';
import { MAX_SYMBOL_LENGTH } from './differential/check.ts';
import { itemsOf } from './differential/compare-items.ts';
import { compareLog } from './differential/compare-logs.ts';
import { comparePoint, pointsOf } from './differential/compare-points.ts';
import { compareSpan } from './differential/compare-spans.ts';
import { disturb } from './differential/disturb.ts';
import { mutate } from './differential/mutate.ts';
import { type Node } from './differential/oracle-node.ts';
import { randomMessage } from './differential/random-message.ts';

const MESSAGES = Number(process.env.DIFFERENTIAL_MESSAGES ?? 100_000);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? Date.now() % 2 ** 31);
/** A fresh table of symbols before mutation has filled it. */
const MESSAGES_PER_DECODER = 2000;
const MINUTES = 60_000;
const STEPPED_OVER = /^(wire type [34]|a number of more than ten bytes)$/;

const requests: Readonly<Record<Signal, MessageName>> = {
  traces: 'ExportTraceServiceRequest',
  metrics: 'ExportMetricsServiceRequest',
  logs: 'ExportLogsServiceRequest',
};

const options = {
  maxSymbols: 100_000,
  maxSymbolLength: MAX_SYMBOL_LENGTH,
  maxResources: 1000,
  maxResourceMemory: 2 ** 24,
  maxItems: 10_000,
  maxJsonValues: 1e6,
  maxDetails: 100_000,
  identityAttributes: ['service.name'],
  sampleRateAttribute: 'SampleRate',
};

interface Case {
  readonly bytes: Uint8Array;
  readonly isDamaged: boolean;
}

function randomCase(signal: Signal, random: Random): Case {
  const encoded = encodePlain(requests[signal], randomMessage(requests[signal], random));
  if (encoded.kind === 'malformed') throw new Error(encoded.reason);
  const bytes = random.oneIn(2) ? disturb(requests[signal], encoded.bytes, random) : encoded.bytes;
  const isDamaged = random.oneIn(2);
  return { bytes: isDamaged ? mutate(bytes, random) : bytes, isDamaged };
}

/** The same bytes in the middle of others that look like fields, lengths and endless numbers. */
function poisoned(bytes: Uint8Array, random: Random): Uint8Array {
  const before = random.integer(40);
  const larger = new Uint8Array(before + bytes.length + 40).fill(random.pick([0xff, 0x0a, 0x00, 0x08]));
  larger.set(bytes, before);
  return larger.subarray(before, before + bytes.length);
}

function compare(columns: TelemetryColumns, request: Node): number {
  const items = itemsOf(columns.signal, request);
  if (columns.signal === 'metrics') {
    const points = pointsOf(items);
    expectCount(columns, points.length);
    points.forEach((point, row) => comparePoint(columns, row, point));
    return points.length;
  }
  expectCount(columns, items.length);
  if (columns.signal === 'traces') items.forEach((item, row) => compareSpan(columns, row, item));
  else items.forEach((item, row) => compareLog(columns, row, item));
  return items.length;
}

function expectCount({ count, skipped }: TelemetryColumns, expected: number): void {
  if (count !== expected || skipped !== 0) throw new Error(`the scanner read ${count} items, protobufjs ${expected}`);
}

describe(`scanner and protobufjs agree, DIFFERENTIAL_SEED=${SEED}`, () => {
  test.each(signals)(
    'on %s',
    (signal) => {
      const oracle = loadOracle(signal, { textAsBytes: true });
      const random = createRandom(SEED + signals.indexOf(signal));
      let decoder = createDecoder({ options, metrics: createSelfMetrics() });
      const seen = { items: 0, damaged: 0, refused: 0, stricter: 0 };

      function accepted(bytes: Uint8Array): Node | undefined {
        try {
          return oracle.decode(bytes);
        } catch {
          return undefined;
        }
      }

      function examine({ bytes, isDamaged }: Case): void {
        const request = accepted(bytes);
        const plain = decoder.decode(signal, bytes);
        const verdict = plain.kind === 'malformed' ? { ...plain } : undefined;
        const result = decoder.decode(signal, poisoned(bytes, random));
        if (result.kind !== plain.kind) throw new Error('what surrounds the message changes the verdict');
        const own = decodeMessage(requests[signal], bytes);
        if ((own.kind === 'malformed') !== (result.kind === 'malformed'))
          throw new Error(`the decoder says ${own.kind}`);
        if (isDamaged) seen.damaged++;
        if (result.kind === 'columns') {
          if (request === undefined) throw new Error('protobufjs refuses it');
          seen.items += compare(result.columns, request);
          return;
        }
        seen.refused++;
        if (result.offset !== verdict?.offset || result.reason !== verdict.reason)
          throw new Error('another verdict in poison');
        if (request === undefined) return;
        seen.stricter++;
        if (!STEPPED_OVER.test(result.reason)) throw new Error(`protobufjs accepts what is refused: ${result.reason}`);
      }

      for (let i = 0; i < MESSAGES / signals.length; i++) {
        if (i % MESSAGES_PER_DECODER === 0) decoder = createDecoder({ options, metrics: createSelfMetrics() });
        const next = randomCase(signal, random);
        try {
          examine(next);
        } catch (error) {
          throw new Error(`message ${i}: ${messageOf(error)}\n${Buffer.from(next.bytes).toString('hex')}`, {
            cause: error,
          });
        }
      }
      process.stdout.write(`${signal}: ${JSON.stringify(seen)}\n`);
      expect(seen.items).toBeGreaterThan(0);
      expect(seen.refused).toBeGreaterThan(0);
      expect(seen.refused).toBeLessThan(seen.damaged);
    },
    10 * MINUTES,
  );
});

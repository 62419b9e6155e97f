import { createZstdCompress, gzipSync } from 'node:zlib';
import { createRandom } from '../../src/testing/random.ts';
import { nano } from '../../src/testing/telemetry-builder-items.ts';
import { attributes, logsBytes, metricsBytes, traceBytes } from '../../src/testing/telemetry-builder.ts';

interface Spans {
  readonly service: string;
  readonly count: number;
  readonly seed: number;
  /** Names of operations; default one. */
  readonly name?: (index: number) => string;
}

/** An export request of server spans that ended just now. */
export function spanBytes({ service, count, seed, name = () => 'GET /cart' }: Spans): Uint8Array {
  const random = createRandom(seed);
  const nowMs = Date.now();
  const spans = Array.from({ length: count }, (_, index) => ({
    traceId: random.bytes(16),
    spanId: random.bytes(8),
    name: name(index),
    kind: 2,
    startTimeUnixNano: nano(nowMs - 20),
    endTimeUnixNano: nano(nowMs),
    attributes: attributes({ 'http.request.method': 'GET' }),
  }));
  return traceBytes(spans, { resource: { 'service.name': service } });
}

export function recordBytes(service: string, texts: readonly string[]): Uint8Array {
  const timeUnixNano = nano(Date.now());
  const records = texts.map((text) => ({ timeUnixNano, severityNumber: 9, body: { stringValue: text } }));
  return logsBytes(records, { resource: { 'service.name': service } });
}

/** Gauges, each with a series of its own. */
export function gaugeBytes(service: string, first: number, count: number): Uint8Array {
  const timeUnixNano = nano(Date.now());
  const dataPoints = Array.from({ length: count }, (_, index) => ({
    timeUnixNano,
    asDouble: index,
    attributes: attributes({ user: `user-${first + index}` }),
  }));
  return metricsBytes([{ name: 'hostile.gauge', gauge: { dataPoints } }], { resource: { 'service.name': service } });
}

const MIB = 1024 * 1024;

/** Zeros, which gzip makes a thousand times smaller. */
export function gzipBomb(mib: number): Uint8Array {
  return gzipSync(Buffer.alloc(mib * MIB), { level: 9 });
}

/** The same by zstd as a stream, so that no header tells the length: tens of thousands to one. */
export async function zstdBomb(mib: number): Promise<Uint8Array> {
  const engine = createZstdCompress();
  const chunks: Buffer[] = [];
  engine.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((resolve, reject) => engine.on('end', resolve).on('error', reject));
  const zeros = Buffer.alloc(4 * MIB);
  for (let written = 0; written < mib; written += 4) {
    if (!engine.write(zeros)) await new Promise((resolve) => engine.once('drain', resolve));
  }
  engine.end();
  await done;
  return Buffer.concat(chunks);
}

/** A log record whose body holds a list in a list in a list … */
export function nestedLists(depth: number): Uint8Array {
  // From the inside out, because each length counts what is within.
  const heads: Buffer[] = [Buffer.from([0x0a, 1, 0x78])];
  let length = 3;
  for (const number of [...Array.from({ length: depth * 2 }, (_, level) => (level % 2 === 0 ? 1 : 5)), 5, 2, 2, 1]) {
    const head = headOf(number, length);
    heads.push(head);
    length += head.length;
  }
  return Buffer.concat(heads.reverse());
}

/** Tag and length of a protobuf field. */
function headOf(number: number, valueBytes: number): Buffer {
  const head = [number * 8 + 2];
  let length = valueBytes;
  for (; length >= 128; length >>>= 7) head.push((length & 127) | 128);
  head.push(length);
  return Buffer.from(head);
}

import type protobuf from 'protobufjs';
import { createDecoder } from '../../src/decode/decoder.ts';
import { type Signal, signals } from '../../src/model/signal.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { decodeOptions } from '../../src/testing/decode-options.ts';
import { loadOracle } from '../../src/testing/otlp-oracle.ts';
import { buildBodies } from './bodies.ts';

export interface ScanCost {
  readonly signal: Signal;
  readonly items_per_second: number;
  readonly library_items_per_second: number;
}

export interface ScanRun {
  /** Distinct bodies of each signal, 1000 items each. */
  readonly bodies: number;
  readonly rounds: number;
  readonly log: (line: string) => void;
}

const ITEMS_PER_BODY = 1000;
const SLICE_MS = 400;

/**
 * Items per second of CPU time (all threads of the process, so that garbage collection counts). Scanner and library take
 * turns, slice by slice, on the same bodies; one decoder reads all signals, as in the sidecar. Medians of all rounds.
 */
export function measureScanning({ bodies, rounds, log }: ScanRun): ScanCost[] {
  const options = decodeOptions({
    maxSymbols: 100_000,
    maxResources: 20_000,
    maxResourceMemory: 2 ** 25,
    maxItems: 200_000,
  });
  const decoder = createDecoder({ options, metrics: createSelfMetrics() });
  const lanes = signals.map((signal) => {
    const built = buildBodies(signal, { bodies, itemsPerBody: ITEMS_PER_BODY, seed: 1 });
    const bytes = built.reduce((sum, body) => sum + body.length, 0);
    log(
      `${signal}: ${bodies} bodies of ${ITEMS_PER_BODY} items, ${Math.round(bytes / bodies / ITEMS_PER_BODY)} bytes an item`,
    );
    return { signal, built, library: loadOracle(signal), ours: [] as number[], theirs: [] as number[] };
  });

  for (let round = 0; round <= rounds; round++) {
    for (const { signal, built, library, ours, theirs } of lanes) {
      const scanned = itemsPerSecond(built, (body) => scan(decoder, signal, body));
      const decoded = itemsPerSecond(built, (body) => decode(library, body));
      if (round === 0) continue;
      ours.push(scanned);
      theirs.push(decoded);
    }
  }
  return lanes.map(({ signal, ours, theirs }) => {
    const [scanner, library] = [median(ours), median(theirs)];
    const spread = `${millions(Math.min(...ours))} to ${millions(Math.max(...ours))}`;
    log(
      `${signal}: scanner ${millions(scanner)} M items/s (${spread}), protobufjs ${millions(library)}, ${(scanner / library).toFixed(1)} times`,
    );
    return { signal, items_per_second: Math.round(scanner), library_items_per_second: Math.round(library) };
  });
}

function scan(decoder: ReturnType<typeof createDecoder>, signal: Signal, body: Uint8Array): number {
  const result = decoder.decode(signal, body);
  if (result.kind === 'malformed') throw new Error(result.reason);
  return result.columns.count;
}

/** The count is taken as known; protobufjs has every field as an object by then. */
function decode(library: protobuf.Type, body: Uint8Array): number {
  library.decode(body);
  return ITEMS_PER_BODY;
}

function itemsPerSecond(bodies: readonly Uint8Array[], read: (body: Uint8Array) => number): number {
  const before = process.cpuUsage();
  const end = performance.now() + SLICE_MS;
  let items = 0;
  for (let i = 0; performance.now() < end; i = (i + 1) % bodies.length) items += read(bodies[i]!);
  const { user, system } = process.cpuUsage(before);
  return (items / (user + system)) * 1e6;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function millions(value: number): string {
  return (value / 1e6).toFixed(2);
}

import { hash } from 'node:crypto';

/**
 * Telemetry whose every value is known beforehand, whoever sends it: item `index` of service `service`. All three signals
 * of one index share their attributes.
 */
export interface Known {
  readonly service: string;
  readonly count: number;
}

export type KnownAttributes = Readonly<Record<string, string | number | boolean>>;

export interface KnownSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  /** As OTLP numbers them: 1 internal … 5 consumer. */
  readonly kind: number;
  readonly startNano: bigint;
  readonly endNano: bigint;
  readonly isError: boolean;
  readonly event: { readonly name: string; readonly timeNano: bigint };
  readonly attributes: KnownAttributes;
}

export interface KnownLog {
  readonly timeNano: bigint;
  /** ERROR (17), otherwise INFO (9). */
  readonly isError: boolean;
  readonly body: string;
  readonly attributes: KnownAttributes;
}

/** Recorded once each, with the attributes of their index: a gauge, a counter and a histogram. */
export interface KnownPoints {
  readonly gauge: number;
  readonly added: number;
  readonly recorded: readonly number[];
  readonly attributes: KnownAttributes;
}

export const metricNames = { gauge: 'known.level', counter: 'known.events', histogram: 'known.duration' } as const;
export const histogramBounds = [1, 10, 100];

const baseNano = 1_767_225_600_000_000_000n;

export function knownSpans({ service, count }: Known): KnownSpan[] {
  return Array.from({ length: count }, (_, index) => {
    const startNano = baseNano + BigInt(index) * 1_000_003n;
    return {
      traceId: hash('sha256', `${service} trace ${index}`).slice(0, 32),
      spanId: hash('sha256', `${service} span ${index}`).slice(0, 16),
      name: `operation ${index % 7}`,
      kind: 1 + (index % 5),
      startNano,
      endNano: startNano + BigInt(index % 50) * 17_001n,
      isError: index % 5 === 0,
      event: { name: `step ${index % 3}`, timeNano: startNano + 11n },
      attributes: attributesOf(index),
    };
  });
}

export function knownLogs({ count }: Known): KnownLog[] {
  return Array.from({ length: count }, (_, index) => ({
    timeNano: baseNano + BigInt(index) * 1_000_003n,
    isError: index % 4 === 0,
    body: `order ${index} placed: "größer als" 5\nsecond line`,
    attributes: attributesOf(index),
  }));
}

export function knownPoints({ count }: Known): KnownPoints[] {
  return Array.from({ length: count }, (_, index) => ({
    gauge: index / 4 - 10,
    added: index + 1,
    recorded: [index / 8, index, index * 3],
    attributes: attributesOf(index),
  }));
}

function attributesOf(index: number): KnownAttributes {
  return {
    'item.index': index,
    'item.ratio': index / 8 + 0.0625,
    'item.even': index % 2 === 0,
    'item.text': `Straße ${index} "\\"`,
  };
}

import type { CoverageEntry } from '../../model/coverage.ts';
import { hashText, hexOf } from '../state/hash64.ts';
import { StreamNumber, type StreamStore } from '../state/stream-store.ts';
import { LEARNING_POINTS } from './light-tier.ts';

/** What a stream measures; streams of several instances or attributes are told as one. */
interface Kind {
  readonly seriesId: string;
  readonly title: string;
  readonly service: string;
  readonly sinceMs: number;
}

interface Group {
  streams: number;
  learned: number;
  newestMs: number;
  cadenceMs: number;
}

interface Measured {
  readonly tenant: string;
  readonly service: string;
  readonly metric: string;
}

/** Metrics of services that are told apart; streams of further ones are told together. */
const MAX_KINDS = 1000;
const NONE = 0;
const FURTHER = 1;
/** Without a point for so many of its own gaps a stream is silent. */
const MISSED_GAPS = 10;
const { lastTimeMs, cadenceMs } = StreamNumber;

/**
 * Names of what the light tier watches, for coverage: a stream keeps a number of two bytes, and the names are kept once for
 * each metric of a service.
 */
export class LightKinds {
  private readonly streams: StreamStore;
  private readonly nowMs: () => number;
  private readonly known = new Map<string, number>();
  private readonly kinds: (Kind | undefined)[] = [undefined, undefined];

  constructor(streams: StreamStore, nowMs: () => number) {
    this.streams = streams;
    this.nowMs = nowMs;
  }

  isNamed(stream: number): boolean {
    return this.streams.lightKind[stream] !== NONE;
  }

  name(stream: number, measured: Measured): void {
    this.streams.lightKind[stream] = this.numberOf(measured);
  }

  entries(): CoverageEntry[] {
    const { streams, kinds } = this;
    const groups = new Map<number, Group>();
    streams.eachLight((stream) => {
      const kind = streams.lightKind[stream] as number;
      const group = groups.get(kind) ?? { streams: 0, learned: 0, newestMs: 0, cadenceMs: 0 };
      groups.set(kind, group);
      const at = streams.at(stream);
      group.streams++;
      if ((streams.lightSeen[stream] as number) >= LEARNING_POINTS) group.learned++;
      group.newestMs = Math.max(group.newestMs, streams.numbers[at + lastTimeMs] as number);
      group.cadenceMs = Math.max(group.cadenceMs, streams.numbers[at + cadenceMs] as number);
    });
    return [...groups].toSorted(([a], [b]) => a - b).flatMap(([at, group]) => this.describe(kinds[at], group));
  }

  private numberOf({ tenant, service, metric }: Measured): number {
    const key = [tenant, service, metric].join('\n');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const isFurther = this.known.size >= MAX_KINDS;
    if (isFurther && this.kinds[FURTHER] !== undefined) return FURTHER;
    const title = isFurther ? 'Further metrics' : `${metric} of ${service}`;
    const { low, high } = hashText(`light\n${isFurther ? '' : key}`);
    const kind = { seriesId: hexOf(low, high), title, service: isFurther ? '' : service, sinceMs: this.nowMs() };
    if (isFurther) {
      this.kinds[FURTHER] = kind;
      return FURTHER;
    }
    this.known.set(key, this.kinds.length);
    return this.kinds.push(kind) - 1;
  }

  private describe(kind: Kind | undefined, { streams, learned, newestMs, cadenceMs: gapMs }: Group): CoverageEntry[] {
    if (kind === undefined) return [];
    const base = { ...kind, tier: 'light', streams } as const;
    if (gapMs > 0 && this.nowMs() - newestMs > MISSED_GAPS * gapMs) {
      return [{ ...base, state: 'silent', why: 'No data come any more.', sinceMs: newestMs }];
    }
    const what = streams === 1 ? 'One stream is' : `${streams} streams are`;
    const why = `${what} watched by mean and spread only: all places are taken (score.max_series). What turns odd gets one when another is idle.`;
    return [{ ...base, state: learned === 0 ? 'learning' : 'scored', why }];
  }
}

import type { Draws } from '../random-draws.ts';
import type { Season } from '../series/season.ts';
import type { LineKind } from './line-kinds.ts';
import { requestBytes } from './request-bytes.ts';

/** How often a kind of line comes while something lasts: times as often as usual, or so often a second where it never came. */
export interface LineChange {
  readonly kind: LineKind;
  readonly startMs: number;
  readonly endMs: number;
  readonly times?: number;
  readonly perSecond?: number;
}

/** What writes log lines. */
export interface LineSource {
  readonly spec: { readonly service: string };
  /** What it exports for [startMs, startMs + lengthMs), and how many lines of each kind there were. */
  tick(startMs: number, lengthMs: number): Written;
}

export interface Written {
  readonly bytes: Uint8Array | undefined;
  readonly counts: Map<LineKind, number>;
}

export interface WriterSpec {
  readonly service: string;
  readonly kinds: readonly LineKind[];
  readonly changes: readonly LineChange[];
  readonly season: Season;
  readonly offsetMs: number;
  readonly deploysMs: readonly number[];
}

const severityNumbers = { INFO: 9, WARN: 13, ERROR: 17 } as const;

/** A service that writes log lines. */
export class Writer implements LineSource {
  readonly spec: WriterSpec;
  private readonly draws: Draws;

  constructor(spec: WriterSpec, draws: Draws) {
    this.spec = spec;
    this.draws = draws;
  }

  tick(startMs: number, lengthMs: number): Written {
    const { service, season, offsetMs, deploysMs } = this.spec;
    const load = season(startMs + offsetMs);
    const counts = new Map<LineKind, number>();
    const records: { timeMs: number; kind: LineKind }[] = [];
    for (const [kind, perSecond] of this.ratesAt(startMs, load)) {
      const count = this.draws.poisson((perSecond * lengthMs) / 1000);
      counts.set(kind, count);
      for (let i = 0; i < count; i++) records.push({ timeMs: startMs + lengthMs * this.draws.uniform(), kind });
    }
    if (records.length === 0) return { bytes: undefined, counts };
    const deploys = deploysMs.filter((at) => startMs >= at).length;
    const lines = records.map(({ timeMs, kind }) => ({
      ...{ body: kind.text(this.draws), timeMs },
      ...{ severityNumber: severityNumbers[kind.severity], severityText: kind.severity },
    }));
    return { bytes: requestBytes(service, deploys, lines), counts };
  }

  private ratesAt(timeMs: number, load: number): Map<LineKind, number> {
    const rates = new Map(this.spec.kinds.map((kind) => [kind, kind.perSecond * load]));
    for (const { kind, startMs, endMs, times = 1, perSecond = 0 } of this.spec.changes) {
      if (timeMs >= startMs && timeMs < endMs) rates.set(kind, (rates.get(kind) ?? 0) * times + perSecond);
    }
    return rates;
  }
}

import type { Draws } from '../random-draws.ts';
import type { Season } from '../series/season.ts';
import type { LineKind } from './line-kinds.ts';
import { requestBytes } from './request-bytes.ts';
import type { Flow } from './request-lines.ts';
import type { LineSource, Written } from './writer.ts';

/** While it lasts, this share of the requests of one sort is written like that. */
export interface RequestChange {
  readonly sort: number;
  readonly flow: Flow;
  readonly share: number;
  readonly startMs: number;
  readonly endMs: number;
}

export interface RequestWriterSpec {
  readonly service: string;
  readonly flows: readonly Flow[];
  readonly perSecond: number;
  readonly changes: readonly RequestChange[];
  readonly season: Season;
  readonly offsetMs: number;
}

const LASTS_MS = 800;

/** A service whose lines carry the trace of the request that they belong to. */
export class RequestWriter implements LineSource {
  readonly spec: RequestWriterSpec;
  private readonly draws: Draws;

  constructor(spec: RequestWriterSpec, draws: Draws) {
    this.spec = spec;
    this.draws = draws;
  }

  tick(startMs: number, lengthMs: number): Written {
    const { draws } = this;
    const { service, perSecond, season, offsetMs } = this.spec;
    const requests = draws.poisson((perSecond * season(startMs + offsetMs) * lengthMs) / 1000);
    const counts = new Map<LineKind, number>();
    const lines = Array.from({ length: requests }, () => {
      const atMs = startMs + (lengthMs - LASTS_MS) * draws.uniform();
      const traceId = Array.from({ length: 8 }, () => draws.below(65_536).toString(16).padStart(4, '0')).join('');
      const kinds = this.flowAt(startMs).flatMap(({ kind, chance }) => (draws.uniform() < chance ? [kind] : []));
      return kinds.map((kind, i) => {
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        return { body: kind.text(draws), timeMs: atMs + (LASTS_MS * i) / kinds.length, traceId };
      });
    }).flat();
    if (lines.length === 0) return { bytes: undefined, counts };
    return { bytes: requestBytes(service, 0, lines), counts };
  }

  private flowAt(timeMs: number): Flow {
    const { flows, changes } = this.spec;
    const sort = this.draws.below(flows.length);
    const change = changes.find((one) => one.sort === sort && timeMs >= one.startMs && timeMs < one.endMs);
    return change !== undefined && this.draws.uniform() < change.share ? change.flow : flows[sort]!;
  }
}

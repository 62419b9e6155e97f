import type { Series } from '../model/anomaly.ts';
import type { CoverageEntry } from '../model/coverage.ts';
import { hashText, hexOf } from './state/hash64.ts';

export interface Skipped {
  readonly tenant: string;
  readonly service: string;
  /** What is skipped, as coverage names it. */
  readonly title: string;
  readonly why: string;
}

/** Kinds that are told apart; of further ones only the items are counted. */
const MAX_KINDS = 200;

/** Telemetry that is left out on purpose, for coverage: one entry a kind, since the first item of it. */
export class SkippedTelemetry {
  private readonly nowMs: () => number;
  private readonly kinds = new Map<string, CoverageEntry>();

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
  }

  note({ tenant, service, title, why }: Skipped): void {
    const key = [tenant, service, title].join('\n');
    if (this.kinds.size >= MAX_KINDS || this.kinds.has(key)) return;
    const entry = { seriesId: idOf(key), title, service, state: 'unsuitable', why, sinceMs: this.nowMs() } as const;
    this.kinds.set(key, entry);
  }

  get size(): number {
    return this.kinds.size;
  }

  entries(): CoverageEntry[] {
    return [...this.kinds.values()];
  }
}

/** In the form of a series' id, though there is no such series. */
function idOf(key: string): Series['id'] {
  const { low, high } = hashText(`skipped\n${key}`);
  return hexOf(low, high);
}

import type { Counter } from '../../runtime/self-metrics.ts';
import { HashTable } from '../state/hash-table.ts';
import type { CapacityIdentity } from './capacity-series.ts';
import { CapacitySeries } from './capacity-series.ts';

export interface SeriesPlacesParts {
  readonly maxSeries: number;
  readonly idleMs: number;
  readonly refused: Counter;
  /** Places were given to others. */
  readonly onFreed: (freed: readonly CapacitySeries[]) => void;
}

/** Between two searches for idle resources. */
const SEARCH_EVERY_MS = 60_000;

/** The resources that are followed. When all places are taken, those that nothing was heard of for long make room. */
export class SeriesPlaces {
  private readonly parts: SeriesPlacesParts;
  private readonly table: HashTable;
  private all: CapacitySeries[] = [];
  private searchedMs = -Infinity;
  private nowMs = 0;

  constructor(parts: SeriesPlacesParts) {
    this.parts = parts;
    this.table = new HashTable(parts.maxSeries);
  }

  get size(): number {
    return this.all.length;
  }

  list(): readonly CapacitySeries[] {
    return this.all;
  }

  moveTo(nowMs: number): void {
    this.nowMs = nowMs;
  }

  find(low: number, high: number): CapacitySeries | undefined {
    return this.all[this.table.get(low, high)];
  }

  /** Undefined when there is no room. */
  of(low: number, high: number, make: () => CapacityIdentity): CapacitySeries | undefined {
    const known = this.find(low, high);
    if (known !== undefined) return known;
    if (this.all.length >= this.parts.maxSeries) this.makeRoom();
    if (!this.table.set(low, high, this.all.length)) {
      this.parts.refused.add(1);
      return undefined;
    }
    const series = new CapacitySeries(make(), { low, high });
    series.sampledMs = this.nowMs;
    this.all.push(series);
    return series;
  }

  private makeRoom(): void {
    if (this.nowMs - this.searchedMs < SEARCH_EVERY_MS) return;
    this.searchedMs = this.nowMs;
    const isIdle = ({ sampledMs }: CapacitySeries): boolean => this.nowMs - sampledMs > this.parts.idleMs;
    const freed = this.all.filter(isIdle);
    if (freed.length === 0) return;
    this.all = this.all.filter((series) => !isIdle(series));
    this.table.clear();
    this.all.forEach(({ low, high }, place) => this.table.set(low, high, place));
    this.parts.onFreed(freed);
  }
}

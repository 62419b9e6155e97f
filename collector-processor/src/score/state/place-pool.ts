import type { SlotState } from './slot-state.ts';

/** Places made at a time. */
const PAGE_BITS = 4;
const PAGE = 1 << PAGE_BITS;

export interface Paged {
  readonly state: SlotState;
}

/**
 * State that only some series of a chunk have. Places are given when asked for and taken back when a series goes, a page of
 * them at a time is made, so that nothing is paid for series that have none. A snapshot holds zeros for those.
 */
export class PlacePool<Page extends Paged> implements SlotState {
  readonly bytesPerSeries: number;
  private readonly create: (capacity: number) => Page;
  private readonly pages: Page[] = [];
  private readonly free: number[] = [];
  /** By slot, + 1; 0 without a place. */
  private readonly places: Uint16Array;

  constructor(capacity: number, create: (capacity: number) => Page) {
    this.create = create;
    this.places = new Uint16Array(capacity);
    this.bytesPerSeries = create(1).state.bytesPerSeries;
  }

  has(slot: number): boolean {
    return this.places[slot] !== 0;
  }

  /** The page that holds the series' place; undefined without one. */
  pageOf(slot: number): Page | undefined {
    const place = this.places[slot] as number;
    return place === 0 ? undefined : this.pages[(place - 1) >> PAGE_BITS];
  }

  /** Where in its page; meaningless without a place. */
  at(slot: number): number {
    return ((this.places[slot] as number) - 1) & (PAGE - 1);
  }

  give(slot: number): void {
    if (this.has(slot)) return;
    let place = this.free.pop();
    if (place === undefined) {
      place = this.pages.length * PAGE;
      this.pages.push(this.create(PAGE));
      for (let other = place + PAGE - 1; other > place; other--) this.free.push(other);
    }
    this.places[slot] = place + 1;
  }

  clear(slot: number): void {
    const page = this.pageOf(slot);
    if (page === undefined) return;
    page.state.clear(this.at(slot));
    this.free.push((this.places[slot] as number) - 1);
    this.places[slot] = 0;
  }

  save(slot: number, into: Uint8Array, offset: number): number {
    const page = this.pageOf(slot);
    if (page !== undefined) return page.state.save(this.at(slot), into, offset);
    into.fill(0, offset, offset + this.bytesPerSeries);
    return offset + this.bytesPerSeries;
  }

  load(slot: number, from: Uint8Array, offset: number): number {
    const end = offset + this.bytesPerSeries;
    this.clear(slot);
    if (from.subarray(offset, end).every((byte) => byte === 0)) return end;
    this.give(slot);
    return this.pageOf(slot)?.state.load(this.at(slot), from, offset) ?? end;
  }
}

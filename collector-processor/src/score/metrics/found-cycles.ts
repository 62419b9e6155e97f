import type { Step } from '../scorer.ts';
import { PlacePool } from '../state/place-pool.ts';
import { SeriesState } from '../state/series-state.ts';
import { JoinedState } from '../state/slot-state.ts';
import { CycleFinder } from './cycle-finder.ts';
import { SeasonProfile } from './season-profile.ts';

const BINS = 48;
const MINUTE_MS = 60_000;
/** Lengths that differ by less are the same. */
const ALIKE = 0.015;
/** A length this close to whole minutes is that: jobs go by clocks. */
const NEARLY_WHOLE = 0.05;
/** Cycles after which one that explains nothing is given up. */
const TRIAL_CYCLES = 8;

class Page {
  readonly state: JoinedState;
  readonly profile: SeasonProfile;
  readonly periodMs: Float64Array;

  constructor(capacity: number) {
    const own = new SeriesState(capacity);
    this.periodMs = own.float64();
    this.profile = new SeasonProfile(capacity, BINS);
    this.state = new JoinedState([own, this.profile.state]);
  }
}

/** Cycles of another length than a day or a week, for the series in which one was found. */
export class FoundCycles {
  readonly state: JoinedState;
  private readonly finder: CycleFinder;
  private readonly pool: PlacePool<Page>;

  constructor(capacity: number) {
    this.finder = new CycleFinder(capacity);
    this.pool = new PlacePool(capacity, (places) => new Page(places));
    this.state = new JoinedState([this.finder.state, this.pool]);
  }

  profileOf(slot: number): SeasonProfile | undefined {
    return this.pool.pageOf(slot)?.profile;
  }

  /** Where in its profile the series is. */
  at(slot: number): number {
    return this.pool.at(slot);
  }

  /** 0 without a cycle. */
  periodOf(slot: number): number {
    return this.pool.pageOf(slot)?.periodMs[this.pool.at(slot)] ?? 0;
  }

  /** Looks for a cycle; `enough` is the unexplained share below which one that is there is kept. */
  look(slot: number, step: Step, enough: number): void {
    const found = this.finder.push(slot, step);
    const page = this.pool.pageOf(slot);
    const at = this.pool.at(slot);
    const isTried = page !== undefined && page.profile.wrapsOf(at) >= TRIAL_CYCLES;
    if (found === undefined) {
      if (isTried && !(page.profile.unexplained(at) < 1)) this.pool.clear(slot);
      return;
    }
    if (page === undefined || (isTried && !(page.profile.unexplained(at) < enough))) this.begin(slot, whole(found));
  }

  private begin(slot: number, periodMs: number): void {
    if (Math.abs(periodMs / this.periodOf(slot) - 1) < ALIKE) return;
    this.pool.clear(slot);
    this.pool.give(slot);
    const page = this.pool.pageOf(slot);
    if (page !== undefined) page.periodMs[this.pool.at(slot)] = periodMs;
  }
}

function whole(periodMs: number): number {
  const minutes = Math.max(1, Math.round(periodMs / MINUTE_MS));
  return Math.abs(periodMs / MINUTE_MS - minutes) < Math.max(NEARLY_WHOLE, 0.005 * minutes)
    ? minutes * MINUTE_MS
    : periodMs;
}

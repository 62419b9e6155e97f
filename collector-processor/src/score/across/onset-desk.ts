import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import { serviceOf } from '../presence/service-signals.ts';
import type { Judgement } from '../series-judge.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { chanceOfOnset, discoveries } from './false-discovery.ts';
import { HeldOnsets } from './held-onsets.ts';
import type { PlaceWatch } from './place-watch.ts';

export interface OnsetDeskParts {
  readonly options: {
    /** False notices of one service that chance may bring in a day; 0: all that reach the border are told. */
    readonly chanceNoticesPerDay: number;
    readonly pageScore: number;
    readonly bucket: number;
  };
  readonly subjects: SubjectStore;
  readonly metrics: SelfMetrics;
  readonly places: PlaceWatch;
  readonly start: (judgement: Judgement, since: number, within?: string) => void;
}

interface Due {
  readonly judgement: Judgement;
  readonly since: number;
  /** Of the onset before this step. */
  readonly height: number;
}

/** Onsets of one bucket that wait for its end; more are told at once. */
const MOST = 2_000;
const DAY_MS = 86_400_000;

/**
 * Holds the onsets of a bucket until all of its series are judged, and then asks, for each service, how many so odd chance
 * alone brings among so many series. What is held back is due again as long as it stays odd. What reaches the border
 * of a page, and what adds up by itself, is never held.
 */
export class OnsetDesk {
  readonly held: HeldOnsets;
  private readonly parts: OnsetDeskParts;
  private readonly due = new Map<number, Due>();
  /** Series that were judged in this bucket, by the presence of their service. */
  private readonly judged: Uint32Array;
  private readonly heldBack: Counter;

  constructor(parts: OnsetDeskParts) {
    this.parts = parts;
    const { subjects, metrics } = parts;
    this.held = new HeldOnsets();
    this.judged = new Uint32Array(subjects.capacity);
    const help =
      'Steps in which an onset was held back, since chance brings as much among so many series of its service.';
    this.heldBack = metrics.counter({ name: 'sentinel_onsets_held_total', help });
  }

  count({ subject }: Judgement['entry']): void {
    const presence = this.parts.subjects.presence[subject] as number;
    const place = presence < 0 ? subject : presence;
    this.judged[place] = (this.judged[place] as number) + 1;
  }

  isDue(slot: number): boolean {
    return this.due.has(slot);
  }

  offer(judgement: Judgement, since: number): void {
    if (this.due.size >= MOST) {
      this.parts.start(judgement, since);
      return;
    }
    const { onset, slot } = judgement.entry;
    this.due.set(slot, { judgement: copyOf(judgement), since, height: onset.heightBefore });
  }

  /** The bucket is over: what is told starts, in the order in which it came. */
  decide(timeMs: number): void {
    const { start, places } = this.parts;
    const told = this.choose();
    places.look(
      [...this.due].flatMap(([slot, { judgement }]) => (told.has(slot) ? [judgement] : [])),
      timeMs,
    );
    for (const [slot, { judgement, since, height }] of this.due) {
      if (told.has(slot)) {
        start(judgement, since, places.within(judgement));
        continue;
      }
      const { entry } = judgement;
      entry.onset.rearm(entry.at, height);
      this.heldBack.add(1);
      this.held.note(entry.series.service, timeMs);
    }
    this.due.clear();
    places.follow(timeMs);
    this.judged.fill(0, 0, this.parts.subjects.extent);
  }

  private choose(): Set<number> {
    const { chanceNoticesPerDay, bucket } = this.parts.options;
    const rate = (chanceNoticesPerDay * bucket) / DAY_MS;
    const told = new Set<number>();
    for (const [key, group] of this.byService()) {
      const chances = group.map(([, due]) => chanceOf(due));
      const passed = rate === 0 ? [] : discoveries(chances, this.triedOf(key), rate);
      for (const [i, [slot, due]] of group.entries())
        if (rate === 0 || passed[i] === true || this.isCertain(due)) told.add(slot);
    }
    return told;
  }

  private isCertain({ judgement: { score, profile } }: Due): boolean {
    return profile.atOnce || score >= this.parts.options.pageScore;
  }

  private byService(): Map<string, (readonly [number, Due])[]> {
    const groups = new Map<string, (readonly [number, Due])[]>();
    for (const one of this.due) {
      const key = serviceOf(one[1].judgement.entry.series);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
    return groups;
  }

  /** Series of the service that were judged in this bucket, of all its signals. */
  private triedOf(key: string): number {
    const { subjects } = this.parts;
    let tried = 0;
    for (let place = 0; place < subjects.extent; place++) {
      if (this.judged[place] === 0) continue;
      const identity = subjects.identityOf(place);
      if (identity !== undefined && serviceOf(identity) === key) tried += this.judged[place] as number;
    }
    return tried;
  }
}

function chanceOf({ judgement: { entry, step } }: Due): number {
  return chanceOfOnset(entry.onset.strengthOf(entry.at), step.stepMs);
}

/** Those that judge use one object for all steps. */
function copyOf(judgement: Judgement): Judgement {
  const { reading, step, verdict } = judgement;
  const { raw, voices, forecasts } = verdict;
  const kept = { raw: raw.slice(), voices: voices.slice(), forecasts: forecasts.slice() };
  return { ...judgement, reading: { ...reading }, step: { ...step }, verdict: { ...verdict, ...kept } };
}

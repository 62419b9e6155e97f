import { NOTICEABLE } from '../event-series.ts';
import { SeriesState } from '../state/series-state.ts';
import { MEASURES, type PeerTable, STEPS } from './peer-table.ts';

export interface PeerLearningOptions {
  /** Steps of a group, and of an instance in it, before its verdicts. */
  readonly learningSteps: number;
  readonly newNormalAfter: number;
}

/** Slow enough that a fault is none of what is usual, in steps. */
const SLOW = 360;
/** Of its own level, so that it is known who moved. */
const OWN = 60;
/** Share of the distance that one must have gone itself. */
const MOVED = 0.5;
const MOST = 65_535;
const DAY_MS = 86_400_000;
/** So many odd ones lately make the next one half as surprising, and never less than the least share. */
const HALVES = 3;
const LEAST = 1 / 6;

/**
 * What is usual in a group of instances, and of each of them. In the first steps of a group any difference is usual, and
 * a leader may be unlike its followers; who comes later has to be like the others from its `learningSteps` on.
 * Places of groups are `subject * MEASURES + measure`, those of members `place * MEASURES + measure`.
 */
export class PeerLearning {
  /** By subject: usual spread and centre of its group, and steps. */
  readonly state: SeriesState;
  private readonly table: PeerTable;
  private readonly options: PeerLearningOptions;
  private readonly spread: Float32Array;
  private readonly centre: Float32Array;
  private readonly age: Uint16Array;
  /** Odd instances of the last days, fading. */
  private readonly episodes: Float32Array;

  constructor(subjects: number, table: PeerTable, options: PeerLearningOptions) {
    this.table = table;
    this.options = options;
    this.state = new SeriesState(subjects);
    this.spread = this.state.float32(MEASURES);
    this.centre = this.state.float32(MEASURES);
    this.age = this.state.uint16(MEASURES);
    this.episodes = this.state.float32(MEASURES);
  }

  isYoung(group: number): boolean {
    return (this.age[group] as number) < this.options.learningSteps;
  }

  spreadOf(group: number): number {
    return this.spread[group] as number;
  }

  offsetOf(member: number): number {
    return this.table.offset[member] as number;
  }

  /** What happens every day to one or the other is less news: a share of the surprise. */
  newsOf(group: number): number {
    return Math.max(LEAST, 1 / (1 + (this.episodes[group] as number) / HALVES));
  }

  noteEpisode(group: number): void {
    this.episodes[group] = (this.episodes[group] as number) + 1;
  }

  isReady(group: number, member: number): boolean {
    return !this.isYoung(group) && (this.table.age[member] as number) >= this.options.learningSteps;
  }

  /** Whether it stayed as it was while the others went away: all but one started anew, say. */
  isLeftBehind(group: number, member: number, level: number, centre: number): boolean {
    const apart = MOVED * Math.abs(level - this.offsetOf(member) - centre);
    const itself = Math.abs(level - (this.table.usual[member] as number));
    return itself < apart && Math.abs(centre - (this.centre[group] as number)) >= apart;
  }

  /** The least surprise of the last steps, so that one odd step is none. */
  lasting(member: number, surprise: number): number {
    const { lately } = this.table;
    const first = member * (STEPS - 1);
    let least = surprise;
    for (let i = 0; i < STEPS - 1; i++) least = Math.min(least, lately[first + i] as number);
    for (let i = 0; i < STEPS - 2; i++) lately[first + i] = lately[first + i + 1] as number;
    lately[first + STEPS - 2] = surprise;
    return least;
  }

  /** What is odd is learned only when it has lasted so long that it is the new normal, or was made so by the others. */
  learnMember(
    group: number,
    member: number,
    step: { level: number; centre: number; surprise: number; stepMs: number; isLeft: boolean },
  ) {
    const { offset, usual, age, odd } = this.table;
    const { learningSteps, newNormalAfter } = this.options;
    const steps = age[member] as number;
    const isOdd = step.surprise >= NOTICEABLE;
    const run = isOdd ? Math.min(MOST, (odd[member] as number) + 1) : 0;
    odd[member] = run;
    const own = usual[member] as number;
    usual[member] = steps === 0 ? step.level : own + (step.level - own) / OWN;
    age[member] = Math.min(MOST, steps + 1);
    const known = offset[member] as number;
    const away = step.level - step.centre;
    if (step.isLeft || (run > learningSteps && run * step.stepMs >= newNormalAfter)) offset[member] = away;
    else if (this.isYoung(group)) offset[member] = known + (away - known) / (steps + 1);
    else if (!isOdd && steps >= learningSteps) offset[member] = known + (away - known) / SLOW;
  }

  learnGroup(group: number, centre: number, spread: number, stepMs: number): void {
    const steps = this.age[group] as number;
    const toward = (column: Float32Array, value: number, slowest: number): void => {
      const known = column[group] as number;
      column[group] = known + (value - known) * Math.max(1 / (steps + 1), 1 / slowest);
    };
    this.episodes[group] = (this.episodes[group] as number) * 2 ** (-stepMs / DAY_MS);
    toward(this.spread, spread, SLOW);
    toward(this.centre, centre, OWN);
    this.age[group] = Math.min(MOST, steps + 1);
  }
}

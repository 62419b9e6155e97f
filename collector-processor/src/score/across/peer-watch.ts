import { type EventSeries, NOTICEABLE } from '../event-series.ts';
import type { Reading } from '../reading.ts';
import { UNSUITABLE } from '../state/stream-store.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { type SubjectKindName, subjectKindNames } from '../subject-kinds.ts';
import type { Instance } from './fleet.ts';
import type { PeerLearning } from './peer-learning.ts';
import { type PeerMeasure, peerMeasures, scaleOf, type Tallied } from './peer-measures.ts';
import { type Apart, deviationsAt, othersThan, peerSurprise } from './peer-scale.ts';
import { MEASURES, type PeerTable } from './peer-table.ts';

export interface PeerWatchOptions {
  /** Instances of a service that are needed for a verdict. */
  readonly minimum: number;
  /** Times as much as the peers, or as little, that matters. */
  readonly ratio: number;
  readonly minEvents: number;
  readonly minFailures: number;
}

export interface PeerWatchParts {
  readonly options: PeerWatchOptions;
  readonly subjects: SubjectStore;
  readonly events: EventSeries;
  readonly table: PeerTable;
  readonly learning: PeerLearning;
  readonly bucketMs: number;
}

interface Member {
  readonly place: number;
  /** Place of what was learned of it in this measure. */
  readonly slot: number;
  readonly tallied: Tallied;
  readonly level: number;
  /** The level without what is usual of this instance. */
  readonly even: number;
}

/** One measure of one subject in one step. */
interface Round {
  readonly about: number;
  /** Place of what was learned of the group. */
  readonly group: number;
  readonly measure: PeerMeasure;
  readonly members: readonly Member[];
  readonly reading: Reading;
  readonly stepMs: number;
}

/** Surprise of an event that is told for sure, with the shipped border. */
const TOLD = 3.2;
/** Steps that wait for enough events. */
const MAX_HELD = 12;
/** Steps in which a finding is followed after its last odd one. */
const FOLLOWED = 4;
/** Where more than this share is apart there are two kinds of instances, and none is the odd one. */
const MOST_APART = 1 / 4;

/** Instances of one service beside each other: one that is far from the median of the others for several steps. */
export class PeerWatch {
  private readonly parts: PeerWatchParts;

  constructor(parts: PeerWatchParts) {
    this.parts = parts;
  }

  /** After the bucket has been judged. Yields between slices of work. */
  *close(reading: Reading): Generator<void> {
    const { table, subjects } = this.parts;
    const { bucket, incomplete } = reading.frame;
    for (const [about, places] of [...table.groups]) {
      this.forgetGone(places);
      const step = subjects.step[about] as number;
      if ((bucket + about) % step !== step - 1) continue;
      const kind = subjectKindNames[subjects.kind[about] as number] ?? 'free';
      const present = table.groups.get(about) ?? [];
      const isFit = !incomplete && (subjects.conflicts[about] as number) <= UNSUITABLE;
      if (isFit) this.compare(about, kind, present, reading);
      for (const place of present) this.finish(place, isFit, kind);
      yield;
    }
  }

  private compare(about: number, kind: SubjectKindName, places: readonly number[], reading: Reading): void {
    const { table, learning, subjects, bucketMs, options } = this.parts;
    const stepMs = (subjects.step[about] as number) * bucketMs;
    const tallied = places.map((place) => ({ place, tallied: table.tallied(place) }));
    for (const [at, plain] of (peerMeasures[kind] ?? []).entries()) {
      const present = tallied.filter(({ tallied: { events, total } }) =>
        plain.countsEvents ? total >= options.minEvents : events > 0,
      );
      const measure = scaleOf(plain, present);
      const members = present.flatMap((one): Member[] => {
        const slot = one.place * MEASURES + at;
        const level = measure.level(one.tallied, stepMs / 1000);
        return Number.isFinite(level) ? [{ ...one, slot, level, even: level - learning.offsetOf(slot) }] : [];
      });
      if (members.length < options.minimum) continue;
      this.judge({ about, group: about * MEASURES + at, measure, members, reading, stepMs });
    }
  }

  private judge(round: Round): void {
    const { learning } = this.parts;
    const { group, members, stepMs } = round;
    const evens = members.map(({ even }) => even);
    const all = othersThan(-1, evens);
    const border = deviationsAt(TOLD, members.length);
    const found = members.map((member, i) => {
      // Only who is apart can be the odd one; the others need no closer look.
      const isAlike = Math.abs(member.even - all.centre) <= all.spread;
      const peers = isAlike ? all : othersThan(i, evens);
      return { member, peers, away: isAlike ? 0 : this.deviations(round, member, peers) };
    });
    const apart = found.filter(({ away }) => away >= border).length;
    const isOne = apart <= Math.max(1, Math.floor(members.length * MOST_APART));
    for (const { member, peers, away } of found) {
      const { slot, level } = member;
      const isLeft = away >= border && learning.isLeftBehind(group, slot, level, peers.centre);
      const isNews = isOne && !isLeft && learning.isReady(group, slot);
      const surprise = isNews ? peerSurprise(away, members.length) : 0;
      const lasting = learning.newsOf(group) * learning.lasting(slot, surprise);
      this.tell(round, member, peers, lasting);
      learning.learnMember(group, slot, { level, centre: peers.centre, surprise, stepMs, isLeft });
    }
    learning.learnGroup(group, all.centre, all.spread, stepMs);
  }

  /** How far from its peers; one at most where the change is too small to matter. */
  private deviations(round: Round, member: Member, peers: Apart): number {
    const { options, learning } = this.parts;
    const { measure, stepMs } = round;
    const change = member.even - peers.centre;
    if (measure.upOnly && change <= 0) return 0;
    if (measure.needsFailures && member.tallied.failures < options.minFailures) return 0;
    const expected = peers.centre + learning.offsetOf(member.slot);
    const span = stepMs / 1000;
    const effect = measure.effect(measure.value(member.level, span), measure.value(expected, span), options.ratio);
    const deviations = Math.abs(change) / this.scale(round, member, peers);
    return effect >= 1 ? deviations : Math.min(1, deviations);
  }

  private scale({ group, measure }: Round, { tallied: { events, total } }: Member, { centre, spread }: Apart): number {
    const items = measure.countsEvents ? total : events;
    return Math.max(spread, this.parts.learning.spreadOf(group), measure.floor(centre, items));
  }

  private tell(round: Round, member: Member, peers: Apart, surprise: number): void {
    const { table, learning, events } = this.parts;
    const { about, measure, members, reading, stepMs } = round;
    const { slot, place, level, tallied } = member;
    const left = table.following[slot] as number;
    const instance = table.instance[place];
    if (surprise >= NOTICEABLE) table.following[slot] = FOLLOWED;
    else if (left > 0) table.following[slot] = left - 1;
    else return;
    if (left === 0) learning.noteEpisode(round.group);
    if (instance === undefined) return;
    const width = this.scale(round, member, peers) * deviationsAt(TOLD, members.length);
    const valueOf = (away: number): number =>
      measure.value(peers.centre + learning.offsetOf(slot) + away, stepMs / 1000);
    const band = { lower: valueOf(-width), upper: valueOf(width) };
    const value = measure.value(level, stepMs / 1000);
    const counted = measure.countsEvents ? { events: tallied.total, failures: tallied.failures } : {};
    const told = { value, expected: valueOf(0), band, surprise, stepMs, ...counted };
    events.notice({ kind: measure.kind, about, ...told, part: partOf(instance, members.length - 1) }, reading);
  }

  /** What was too little waits for more. */
  private finish(place: number, isFit: boolean, kind: SubjectKindName): void {
    const { table, options } = this.parts;
    const counts = (peerMeasures[kind] ?? []).some(({ countsEvents }) => countsEvents);
    const held = (table.held[place] as number) + 1;
    const waits = isFit && counts && table.tallied(place).total < options.minEvents && held <= MAX_HELD;
    if (waits) table.held[place] = held;
    else table.reset(place);
  }

  private forgetGone(places: readonly number[]): void {
    const { table } = this.parts;
    for (const place of places) {
      const instance = table.instance[place];
      if (instance?.group.instances.has(instance) !== true || !table.isCurrent(place)) table.remove(place);
    }
  }
}

/** What tells the series of an instance from that of its service. */
function partOf({ hash, attribute, name }: Instance, peers: number) {
  return { ...hash, attributes: { [attribute]: name }, peers };
}

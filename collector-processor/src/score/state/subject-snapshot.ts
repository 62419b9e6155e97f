import type { Series } from '../../model/anomaly.ts';
import type { SeriesEntry, SeriesStore } from './series-store.ts';
import type { StatePart } from './slot-state.ts';
import type { SubjectIdentity, SubjectStore } from './subject-store.ts';

/** Name, version and size of a part of each series' state, in the order they were written. */
export interface SavedPart {
  readonly name: string;
  readonly version: number;
  readonly bytes: number;
}

export interface SavedSubject {
  readonly hash: readonly [low: number, high: number];
  readonly presence: readonly [low: number, high: number] | null;
  readonly kind: number;
  readonly lastSeen: number;
  readonly step: number;
  readonly cadence: number;
  /** Absent in snapshots before there was history. */
  readonly since?: number;
  readonly asked?: boolean;
  readonly identity: SubjectIdentity;
}

export interface Stores {
  readonly subjects: SubjectStore;
  readonly series: SeriesStore;
}

export function layoutOf(parts: readonly StatePart[]): SavedPart[] {
  return parts.map(({ name, version, state }) => ({ name, version, bytes: state.bytesPerSeries }));
}

function entriesOf({ subjects, series }: Stores, subject: number): SeriesEntry[] {
  return subjects.slotsOf(subject).flatMap((slot) => series.get(slot) ?? []);
}

/** What a series shares with the others of its subject. */
export function commonOf({
  tenant,
  signal,
  service,
  namespace,
  environment,
  attributes,
  ...rest
}: Series): SubjectIdentity {
  const { metric, unit, pointKind, operation, peer, template, severity } = rest;
  const named = { metric, unit, pointKind, operation, peer, template, severity };
  const present = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  return { tenant, signal, service, namespace, environment, attributes, ...present };
}

/** What is to be said of a subject in words; undefined for a free place. */
export function saveSubject(stores: Stores, subject: number): SavedSubject | undefined {
  const { subjects } = stores;
  const [entry] = entriesOf(stores, subject);
  if (subjects.kind[subject] === 0 || entry === undefined) return undefined;
  const own = subjects.hashOf(subject);
  const presence = subjects.presence[subject] as number;
  const present = presence >= 0 ? subjects.hashOf(presence) : undefined;
  return {
    hash: [own.low, own.high],
    presence: present === undefined ? null : [present.low, present.high],
    kind: subjects.kind[subject] as number,
    lastSeen: subjects.lastSeen[subject] as number,
    step: subjects.step[subject] as number,
    cadence: subjects.cadence[subject] as number,
    since: subjects.since[subject] as number,
    asked: subjects.asked[subject] === 1,
    identity: commonOf(entry.series),
  };
}

/** The numbers of a subject's series, one after the other. */
export function saveNumbers(stores: Stores, subject: number, bytesPerSeries: number): Uint8Array {
  const entries = entriesOf(stores, subject);
  const numbers = new Uint8Array(entries.length * bytesPerSeries);
  let at = 0;
  for (const { ensemble, at: slot } of entries) {
    for (const { state } of ensemble.parts) at = state.save(slot, numbers, at);
  }
  return numbers;
}

/** Makes the subject again; false when there is no room. */
export function loadSubject({ subjects }: Stores, saved: SavedSubject): number {
  const [low, high] = saved.hash;
  const { kind, identity, lastSeen } = saved;
  const subject = subjects.add({ low, high, kind, identity, presence: -1 }, lastSeen);
  if (subject < 0) return subject;
  subjects.step[subject] = saved.step;
  subjects.cadence[subject] = saved.cadence;
  subjects.since[subject] = saved.since ?? lastSeen;
  subjects.asked[subject] = saved.asked === true ? 1 : 0;
  return subject;
}

/**
 * Puts the numbers back, part by part. A part that has another version now, or another size, stays empty, and the series
 * goes through its learning steps again. Returns where the next subject's numbers start.
 */
export function loadNumbers(
  stores: Stores,
  subject: number,
  layout: readonly SavedPart[],
  numbers: Uint8Array,
  from: number,
): number {
  let at = from;
  for (const { ensemble, at: slot } of entriesOf(stores, subject)) {
    let missing = ensemble.parts.filter(({ state }) => state.bytesPerSeries > 0).length;
    for (const { name, version, bytes } of layout) {
      const part = ensemble.parts.find((candidate) => candidate.name === name);
      const same = part?.version === version && part.state.bytesPerSeries === bytes;
      if (same) part.state.load(slot, numbers, at);
      if (same && bytes > 0) missing--;
      at += bytes;
    }
    if (missing > 0) ensemble.restart(slot);
  }
  return at;
}

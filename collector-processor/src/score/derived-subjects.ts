import type { Admission } from './admission.ts';
import { Hasher } from './state/hash64.ts';
import type { SeriesStore } from './state/series-store.ts';
import { commonOf } from './state/subject-snapshot.ts';
import type { SubjectStore } from './state/subject-store.ts';
import { kindNumber, type SubjectKindName } from './subject-kinds.ts';

/** What tells several subjects of one kind about the same one apart. */
export interface Part {
  readonly low: number;
  readonly high: number;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DerivedSubjectsParts {
  readonly subjects: SubjectStore;
  readonly series: SeriesStore;
  readonly admission: Admission;
}

/** Subjects about another subject: with its names, its service's presence, and a hash made of its own. */
export class DerivedSubjects {
  private readonly parts: DerivedSubjectsParts;
  private readonly hasher = new Hasher();

  constructor(parts: DerivedSubjectsParts) {
    this.parts = parts;
  }

  /** -1 when there is none, and none is wanted or there is no room. */
  of(about: number, kind: SubjectKindName, bucket: number, isWanted: boolean, part?: Part): number {
    const { subjects, series, admission } = this.parts;
    const number = kindNumber(kind);
    const own = subjects.hashOf(about);
    this.hasher.reset(own.low, own.high).mix(number, 0);
    if (part !== undefined) this.hasher.mix(part.low, part.high);
    const { low, high } = this.hasher;
    const found = subjects.find(low, high);
    if (found >= 0 || !isWanted) return found;
    const named = series.get(subjects.slotOf(about, 0))?.series;
    if (named === undefined) return -1;
    const presence = subjects.presence[about] as number;
    const common = commonOf(named);
    const attributes = { ...common.attributes, ...part?.attributes };
    const identity = { ...common, attributes };
    const subject = { low, high, kind: number, identity, presence: presence < 0 ? about : presence };
    return admission.admitDerived(subject, bucket);
  }
}

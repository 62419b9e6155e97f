import type { Hash64 } from '../../model/resource.ts';
import type { Admission } from '../admission.ts';
import type { Frame } from '../buckets/frame.ts';
import { identityOf, type Source } from '../sources.ts';
import { Hasher, hashText } from '../state/hash64.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { SubjectCache } from '../subject-cache.ts';
import { kindNumber } from '../subject-kinds.ts';
import type { NoveltyRates } from './novelty-rates.ts';
import { isBadNews, severityNames } from './severity.ts';
import { OTHER, type TemplateMiner } from './template-miner.ts';
import type { TemplateOwner } from './template-owners.ts';

export interface LineSubjectsParts {
  readonly subjects: SubjectStore;
  readonly admission: Admission;
  readonly miner: TemplateMiner;
  readonly novelty: NoveltyRates;
  readonly maxTemplatesPerService: number;
  /** Buckets after which a series that is no longer seen gives its place away. */
  readonly idleBuckets: number;
}

/** What lines are added up for, and whether the first of them are news. */
interface LineKind {
  readonly hash: Hash64;
  readonly text: string;
  readonly mayBeNews: boolean;
}

const kind = kindNumber('template');
/** Places of failure that are told apart in one service. */
const MAX_PLACES = 200;

/** The subject of a kind of line from a source with a severity. */
export class LineSubjects {
  private readonly parts: LineSubjectsParts;
  private readonly cache: SubjectCache;
  private readonly hasher = new Hasher();

  constructor(parts: LineSubjectsParts) {
    this.parts = parts;
    this.cache = new SubjectCache(parts.admission);
  }

  /** Of a template by its number; that of all others when the service has been given too many series. */
  ofTemplate(id: number, source: Source, severity: number, frame: Frame, owner: TemplateOwner): number {
    const { miner } = this.parts;
    const hash = miner.hash(id);
    const { low, high } = this.hasher.begin(source.id, 0).mix(hash.low, hash.high).mix(severity, 0);
    const known = this.cache.get(low, high, frame.bucket);
    if (known >= 0) return known;
    let subject = this.find(hash, source, severity);
    // A kind that came from a merge goes on as what the service knew before: it is no news.
    for (const kin of subject < 0 ? miner.kin(id) : []) {
      subject = this.find(kin, source, severity);
      if (subject >= 0) break;
    }
    if (subject < 0 && id !== OTHER && !this.mayBeGiven(owner, frame))
      return this.ofTemplate(OTHER, source, severity, frame, owner);
    if (subject < 0)
      subject = this.admit({ hash, text: miner.text(id), mayBeNews: id !== OTHER }, source, severity, frame);
    this.cache.set(low, high, subject, frame.bucket);
    return subject;
  }

  /** Of the place that failures come from; -1 for one too many. `told`: the line itself is news already. */
  ofPlace(place: string, told: boolean, source: Source, severity: number, frame: Frame, owner: TemplateOwner): number {
    const text = `exception at ${place}`;
    const hash = hashText(text);
    const found = this.find(hash, source, severity);
    if (found >= 0) return found;
    if (owner.places >= MAX_PLACES) return -1;
    owner.places++;
    return this.admit({ hash, text, mayBeNews: !told }, source, severity, frame);
  }

  /** Whether the first lines of the subject may be told as news. */
  isNews(subject: number): boolean {
    return !Number.isNaN(this.parts.subjects.detail[subject] ?? NaN);
  }

  /** A template that was dropped leaves its series behind until it is idle, so they have a bound of their own. */
  private mayBeGiven(owner: TemplateOwner, { bucket }: Frame): boolean {
    const { maxTemplatesPerService, idleBuckets } = this.parts;
    if (bucket - owner.givenSince >= idleBuckets) {
      owner.givenSince = bucket;
      owner.given = 0;
    }
    return owner.given++ < maxTemplatesPerService;
  }

  private find(hash: Hash64, source: Source, severity: number): number {
    const { low, high } = this.stable(hash, source, severity);
    return this.parts.subjects.find(low, high);
  }

  private admit({ hash, text, mayBeNews }: LineKind, source: Source, severity: number, { bucket }: Frame): number {
    const { subjects, admission, novelty } = this.parts;
    const { low, high } = this.stable(hash, source, severity);
    const identity = { ...identityOf(source, 'logs'), template: text, severity: severityNames[severity] ?? '' };
    const subject = admission.admit(low, high, kind, source, 'logs', bucket, identity);
    const expected = novelty.born(`${source.key.high}:${source.key.low}`, bucket);
    if (subject >= 0) subjects.detail[subject] = mayBeNews && isBadNews(severity, text) ? expected : NaN;
    return subject;
  }

  /** The same in every process. */
  private stable({ low, high }: Hash64, { key }: Source, severity: number): Hash64 {
    const hash = this.hasher.reset(key.low, key.high).mix(kind, severity).mix(low, high);
    return { low: hash.low, high: hash.high };
  }
}

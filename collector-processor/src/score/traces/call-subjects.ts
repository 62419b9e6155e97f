import { spanAttributes, type SpanColumns } from '../../model/columns.ts';
import { operationColumns, operationName } from '../../model/operation-name.ts';
import type { Hash64 } from '../../model/resource.ts';
import { signals } from '../../model/signal.ts';
import { OVERFLOW_TEXT, type Symbols } from '../../model/symbols.ts';
import type { Admission } from '../admission.ts';
import type { Crowd, CrowdedServices } from '../crowded-services.ts';
import type { NoveltyRates } from '../logs/novelty-rates.ts';
import { identityOf, type Source } from '../sources.ts';
import { Hasher, hashText } from '../state/hash64.ts';
import type { SubjectIdentity, SubjectStore } from '../state/subject-store.ts';
import { NAMELESS, SubjectCache } from '../subject-cache.ts';
import { kindNumber } from '../subject-kinds.ts';
import { CallQuota } from './call-quota.ts';
import { errorColumns, errorTypeOf } from './error-types.ts';
import { peerColumns, peerName } from './peer-name.ts';

export interface CallSubjectsParts {
  readonly subjects: SubjectStore;
  readonly admission: Admission;
  /** Operations, peers, and types of errors, kept apart in one service; the others are added up as one. */
  readonly maxOperations: number;
  readonly crowded: CrowdedServices;
  readonly novelty: NoveltyRates;
  /** Steps that a service must be known before new peers of it are news. */
  readonly edgeSteps: number;
}

const width = spanAttributes.length;
const callsKind = kindNumber('calls');
const SERVICE = 1;
const OPERATION = 2;
const EDGE = 3;
const FAILURE = 4;
const failureKind = kindNumber('failure');
const crowdKinds: Record<Crowd, number> = { operations: OPERATION, peers: EDGE, 'error types': FAILURE };
const TRACES = signals.indexOf('traces');

/** What a span counts for: its service, operation, edge, or type of error. Names are put together once and not per span. */
export class CallSubjects {
  private readonly parts: CallSubjectsParts;
  private readonly cache: SubjectCache;
  private readonly hasher = new Hasher();
  private readonly quota: CallQuota;

  constructor(parts: CallSubjectsParts) {
    this.parts = parts;
    this.cache = new SubjectCache(parts.admission);
    this.quota = new CallQuota(parts.subjects, parts.admission, parts.maxOperations);
  }

  /** To be called before a batch. */
  follow(symbols: Symbols): void {
    this.cache.follow(symbols);
  }

  /** What the service's failures of one type count for. */
  failure(columns: SpanColumns, i: number, source: Source, bucket: number): number {
    this.hasher.begin(source.id, FAILURE).mix(columns.exceptionType[i] as number, columns.statusCode[i] as number);
    for (const at of errorColumns) this.hasher.mix(columns.projected[i * width + at] as number, at);
    const { low, high } = this.hasher;
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const name = errorTypeOf(columns, i);
    const subject = name === '' ? NAMELESS : this.named(source, 'error types', name, bucket);
    this.cache.set(low, high, subject, bucket);
    return subject;
  }

  service(source: Source, bucket: number): number {
    const { low, high } = this.hasher.begin(source.id, SERVICE).mix(0, 0);
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const { low: stableLow, high: stableHigh } = this.stable(source, SERVICE, '');
    const subject = this.place(stableLow, stableHigh, source, bucket, identityOf(source, 'traces'));
    this.cache.set(low, high, subject, bucket);
    return subject;
  }

  operation(columns: SpanColumns, i: number, source: Source, bucket: number): number {
    this.hasher.begin(source.id, OPERATION).mix(columns.name[i] as number, 0);
    for (const at of operationColumns) this.hasher.mix(columns.projected[i * width + at] as number, at);
    const { low, high } = this.hasher;
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const subject = this.named(source, 'operations', operationName(columns, i), bucket);
    this.cache.set(low, high, subject, bucket);
    return subject;
  }

  edge(columns: SpanColumns, i: number, source: Source, bucket: number): number {
    this.hasher.begin(source.id, EDGE);
    for (const at of peerColumns) this.hasher.mix(columns.projected[i * width + at] as number, at);
    const { low, high } = this.hasher;
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const name = peerName(columns, i);
    const subject = name === '' ? NAMELESS : this.named(source, 'peers', name, bucket);
    this.cache.set(low, high, subject, bucket);
    return subject;
  }

  /** The subject of an operation or peer, or that of all others when its service holds too many. */
  private named(source: Source, what: Crowd, wanted: string, bucket: number): number {
    const { subjects, crowded } = this.parts;
    const kind = crowdKinds[what];
    let name = wanted;
    let { low, high } = this.stable(source, kind, name);
    const presence = source.presence[TRACES] as number;
    const isNew = subjects.find(low, high) < 0;
    if (isNew && name !== OVERFLOW_TEXT && !this.quota.hasRoom(presence, what, bucket)) {
      crowded.note(what, source);
      name = OVERFLOW_TEXT;
      ({ low, high } = this.stable(source, kind, name));
    }
    const identity = { ...identityOf(source, 'traces'), ...namedAs(what, name) };
    const subject = this.place(low, high, source, bucket, identity, what === 'error types' ? failureKind : callsKind);
    if (!isNew || subject < 0 || name === OVERFLOW_TEXT) return subject;
    this.quota.took(presence, what);
    if (what !== 'operations') subjects.detail[subject] = this.expectedNews(what, source, bucket);
    return subject;
  }

  /** Hash that stays over restarts. */
  private stable(source: Source, what: number, name: string): Hash64 {
    const text = hashText(name);
    const hash = this.hasher.reset(source.key.low, source.key.high).mix(callsKind, what).mix(text.low, text.high);
    return { low: hash.low, high: hash.high };
  }

  /** New peers, or types of errors, that are usual in a step of this service; NaN while that is not known. */
  private expectedNews(what: Crowd, { key }: Source, bucket: number): number {
    const { novelty, edgeSteps } = this.parts;
    return novelty.born(`${what} ${key.high}:${key.low}`, bucket, what === 'peers' ? edgeSteps : undefined);
  }

  private place(
    low: number,
    high: number,
    source: Source,
    bucket: number,
    identity: SubjectIdentity,
    kind = callsKind,
  ): number {
    const { subjects, admission } = this.parts;
    const found = subjects.find(low, high);
    return found >= 0 ? found : admission.admit(low, high, kind, source, 'traces', bucket, identity);
  }
}

function namedAs(what: Crowd, name: string): Partial<SubjectIdentity> {
  if (what === 'error types') return { attributes: { 'error.type': name } };
  return what === 'operations' ? { operation: name } : { peer: name };
}

import type { LogColumns } from '../../model/columns.ts';
import type { Hash64 } from '../../model/resource.ts';
import { ABSENT } from '../../model/symbols.ts';
import type { Admission } from '../admission.ts';
import type { BucketWindow } from '../buckets/bucket-window.ts';
import type { Frame } from '../buckets/frame.ts';
import { copyTrace, hasTrace } from '../buckets/trace-ids.ts';
import type { SignalCounts } from '../intake-counts.ts';
import type { SkippedTelemetry } from '../skipped.ts';
import { identityOf, type Source } from '../sources.ts';
import { Hasher } from '../state/hash64.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { NAMELESS, REFUSED, SubjectCache } from '../subject-cache.ts';
import { kindNumber } from '../subject-kinds.ts';
import type { ExampleLines } from './example-lines.ts';
import { bodyKind } from './map-body.ts';
import type { NoveltyRates } from './novelty-rates.ts';
import { isBadNews, severityClass, severityClassOfText, severityNames, WARN } from './severity.ts';
import { OTHER, type TemplateMiner } from './template-miner.ts';
import type { TemplateOwners } from './template-owners.ts';

export interface LogIntakeParts {
  readonly subjects: SubjectStore;
  readonly window: BucketWindow;
  readonly admission: Admission;
  readonly counts: SignalCounts;
  readonly miner: TemplateMiner;
  readonly owners: TemplateOwners;
  readonly lines: ExampleLines;
  readonly novelty: NoveltyRates;
  readonly skipped: SkippedTelemetry;
}

const severityKind = kindNumber('severity');
const templateKind = kindNumber('template');
const otherTitle = 'Log lines of ever new kinds';
const otherWhy =
  'The service brings more new kinds of lines than max_new_templates in a bucket or max_templates_per_service have room ' +
  'for. Those are added up as one kind, "(other)".';
const SEVERITY = 1;
const TEMPLATE = 2;

/** Adds log records up by service and severity, and by service and template. */
export class LogIntake {
  private readonly parts: LogIntakeParts;
  private readonly cache: SubjectCache;
  private readonly hasher = new Hasher();
  /** Sources of which coverage knows that they bring too many kinds of lines. */
  private readonly told = new WeakSet<Source>();
  private newest = -1;

  constructor(parts: LogIntakeParts) {
    this.parts = parts;
    this.cache = new SubjectCache(parts.admission);
  }

  accept(columns: LogColumns, sources: readonly Source[]): void {
    const { window, admission, counts } = this.parts;
    const { count, resource, timeMs } = columns;
    let touched = -1;
    let touchedFrame: Frame | undefined;
    for (let i = 0; i < count; i++) {
      const source = sources[resource[i] as number] as Source;
      if (source.own) {
        counts.unscored.own.add(1);
        continue;
      }
      const frame = window.frameAt(timeMs[i] as number);
      if (typeof frame === 'string') {
        counts.misplaced(frame);
        continue;
      }
      if (frame.bucket > this.newest) {
        this.newest = frame.bucket;
        this.parts.miner.startStep();
      }
      if (touched !== resource[i] || touchedFrame !== frame) {
        admission.touch(source, 'logs', frame);
        touched = resource[i] as number;
        touchedFrame = frame;
      }
      const severity = severityOf(columns, i);
      const template = this.template(columns, i, source, severity, frame);
      this.add(frame, this.severity(source, severity, frame.bucket), columns, i, severity, template);
    }
  }

  private add(frame: Frame, subject: number, columns: LogColumns, i: number, severity: number, template: number): void {
    if (subject < 0 || subject >= NAMELESS) {
      if (subject === REFUSED) this.parts.counts.unscored.full.add(1);
      return;
    }
    const row = frame.row(subject);
    frame.events[row] = (frame.events[row] as number) + 1;
    if (template >= 0 && template < NAMELESS) follow(frame, row, template);
    if (frame.slowest[row] !== 0 || !hasTrace(columns.traceId, i)) return;
    copyTrace(columns.traceId, i, severity >= WARN ? frame.failedTrace : frame.slowTrace, row);
    frame.slowest[row] = 1;
  }

  private severity(source: Source, severity: number, bucket: number): number {
    const { low, high } = this.hasher.reset(source.id, SEVERITY).mix(severity, 0);
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const { subjects, admission } = this.parts;
    const hash = this.hasher.reset(source.key.low, source.key.high).mix(severityKind, severity);
    const stable = { low: hash.low, high: hash.high };
    const identity = { ...identityOf(source, 'logs'), severity: severityNames[severity] ?? '' };
    const found = subjects.find(stable.low, stable.high);
    const subject =
      found >= 0 ? found : admission.admit(stable.low, stable.high, severityKind, source, 'logs', bucket, identity);
    this.cache.set(low, high, subject, bucket);
    return subject;
  }

  /** Counts the record for its template, and returns that template's subject. */
  private template(columns: LogColumns, i: number, source: Source, severity: number, frame: Frame): number {
    const start = columns.bodyStart[i] as number;
    const end = columns.bodyEnd[i] as number;
    if (start >= end) return NAMELESS;
    const { miner, lines, owners } = this.parts;
    const { payload } = columns;
    const isText = columns.bodyIsText[i] === 1;
    if (!isText && bodyKind(payload, start, end) === 'nothing') return NAMELESS;
    const owner = owners.of(source);
    const id = isText ? miner.learn(payload, start, end, owner) : miner.learnValue(payload, start, end, owner);
    if (id === OTHER) this.noteOther(source);
    const text = miner.hash(id);
    const { low, high } = this.hasher.reset(source.id, TEMPLATE).mix(text.low, text.high).mix(severity, 0);
    const known = this.cache.get(low, high, frame.bucket);
    const subject = known >= 0 ? known : this.join(low, high, id, source, severity, frame);
    if (subject >= 0 && subject < NAMELESS && frame.find(subject) < 0) lines.keep(subject, payload, start, end);
    this.add(frame, subject, columns, i, severity, NAMELESS);
    return subject;
  }

  private join(low: number, high: number, id: number, source: Source, severity: number, frame: Frame): number {
    const { subjects, admission, miner, novelty } = this.parts;
    const stable = this.stableHash(miner.hash(id), source, severity);
    let subject = subjects.find(stable.low, stable.high);
    if (subject < 0) subject = this.findKin(id, source, severity);
    if (subject < 0) {
      const template = miner.text(id);
      const identity = { ...identityOf(source, 'logs'), template, severity: severityNames[severity] ?? '' };
      const { bucket } = frame;
      subject = admission.admit(stable.low, stable.high, templateKind, source, 'logs', bucket, identity);
      const expected = novelty.born(`${source.key.high}:${source.key.low}`, bucket);
      const news = id !== OTHER && isBadNews(severity, template);
      if (subject >= 0) subjects.detail[subject] = news ? expected : NaN;
    }
    this.cache.set(low, high, subject, frame.bucket);
    return subject;
  }

  /** The same in every process. */
  private stableHash({ low, high }: Hash64, { key }: Source, severity: number): Hash64 {
    const hash = this.hasher.reset(key.low, key.high).mix(templateKind, severity).mix(low, high);
    return { low: hash.low, high: hash.high };
  }

  /** A kind that came from a merge goes on as what the service knew before: it is no news. */
  private findKin(id: number, source: Source, severity: number): number {
    for (const kin of this.parts.miner.kin(id)) {
      const { low, high } = this.stableHash(kin, source, severity);
      const subject = this.parts.subjects.find(low, high);
      if (subject >= 0) return subject;
    }
    return -1;
  }

  private noteOther(source: Source): void {
    if (this.told.has(source)) return;
    this.told.add(source);
    const { tenant, resource } = source;
    const { service } = resource;
    this.parts.skipped.note({ tenant, service, title: otherTitle, why: otherWhy });
  }
}

function severityOf({ severityNumber, severityText, symbols }: LogColumns, i: number): number {
  const number = severityNumber[i] as number;
  if (number !== 0) return severityClass(number);
  const text = severityText[i] as number;
  return text === ABSENT ? 0 : severityClassOfText(symbols.text(text));
}

/** Keeps the template that leads among the records of a severity (majority vote in two numbers). */
function follow(frame: Frame, row: number, template: number): void {
  const lead = frame.lead[row] as number;
  if (lead === 0) frame.leader[row] = template;
  frame.lead[row] = lead + (frame.leader[row] === template ? 1 : -1);
}

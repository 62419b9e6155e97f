import type { LogColumns } from '../../model/columns.ts';
import { signals } from '../../model/signal.ts';
import { ABSENT } from '../../model/symbols.ts';
import type { Counter } from '../../runtime/self-metrics.ts';
import type { BucketWindow } from '../buckets/bucket-window.ts';
import type { Frame } from '../buckets/frame.ts';
import { copyTrace, hasTrace } from '../buckets/trace-ids.ts';
import type { SignalCounts } from '../intake-counts.ts';
import type { SkippedTelemetry } from '../skipped.ts';
import { identityOf, type Source } from '../sources.ts';
import { Hasher } from '../state/hash64.ts';
import { NAMELESS, REFUSED, SubjectCache } from '../subject-cache.ts';
import { kindNumber } from '../subject-kinds.ts';
import type { ExampleLines } from './example-lines.ts';
import { LineSubjects, type LineSubjectsParts } from './line-subjects.ts';
import { bodyKind } from './map-body.ts';
import { severityClass, severityClassOfText, severityNames, WARN } from './severity.ts';
import { readTracedBody, StackTrace, startsWithTrace, type TracedBody } from './stack-trace.ts';
import { OTHER } from './template-miner.ts';
import type { TemplateOwners } from './template-owners.ts';
import type { TraceShapes } from './trace-shapes.ts';

export interface LogIntakeParts extends LineSubjectsParts {
  readonly window: BucketWindow;
  readonly counts: SignalCounts;
  readonly owners: TemplateOwners;
  readonly lines: ExampleLines;
  /** By subject: the template of its last line, so that one that was merged is not taken for one that stopped. */
  readonly templateOf: Int32Array;
  readonly skipped: SkippedTelemetry;
  readonly shapes: TraceShapes;
  /** Lines of stack traces that came in records of their own. */
  readonly joined: Counter;
}

const LOGS = signals.indexOf('logs');
const severityKind = kindNumber('severity');
const otherTitle = 'Log lines of ever new kinds';
const otherWhy =
  'The service brings more new kinds of lines than max_new_templates in a bucket or max_templates_per_service have room ' +
  'for. Those are added up as one kind, "(other)".';
const NO_TRACE = { place: '' } as const;

/** Adds log records up by service and severity, and by service and template. */
export class LogIntake {
  private readonly parts: LogIntakeParts;
  private readonly cache: SubjectCache;
  private readonly hasher = new Hasher();
  /** Sources of which coverage knows that they bring too many kinds of lines. */
  private readonly told = new WeakSet<Source>();
  private newest = -1;
  private readonly subjects: LineSubjects;
  /** The stack trace whose lines come one by one, and who sends them. */
  private readonly trace = new StackTrace();
  private readonly bodyTrace = new StackTrace();
  private openIn: Source | undefined;
  /** The record of this request that was counted last. */
  private lastSource: Source | undefined;
  private lastFrame: Frame | undefined;
  private lastSeverity = 0;
  private lastSubject = -1;

  constructor(parts: LogIntakeParts) {
    this.parts = parts;
    this.cache = new SubjectCache(parts.admission);
    this.subjects = new LineSubjects(parts);
  }

  accept(columns: LogColumns, sources: readonly Source[]): void {
    const { window, admission, counts } = this.parts;
    const { count, resource, timeMs } = columns;
    let touched = -1;
    let service = -1;
    let late = -1;
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
        if (frame !== 'future' && late !== resource[i]) {
          late = resource[i] as number;
          admission.touchLate(source, 'logs', timeMs[i] as number);
        }
        continue;
      }
      if (frame.bucket > this.newest) {
        this.newest = frame.bucket;
        this.parts.miner.startStep();
      }
      if (touched !== resource[i] || touchedFrame !== frame) {
        const presence = admission.touch(source, 'logs', frame, timeMs[i] as number);
        service = presence < 0 ? -1 : frame.find(presence);
        touched = resource[i] as number;
        touchedFrame = frame;
      }
      if (this.joins(columns, i, source)) continue;
      const severity = severityOf(columns, i);
      if (service >= 0) countRecord(frame, service, severity, hasTrace(columns.traceId, i));
      const template = this.template(columns, i, source, severity, frame);
      this.add(frame, this.severity(source, severity, frame.bucket), columns, i, severity, template);
    }
    if (this.trace.isOpen && count > 0) this.countOpen(columns, count - 1);
    this.lastSource = this.lastFrame = undefined;
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
    const { low, high } = this.hasher.begin(source.id, 0).mix(severity, 0);
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
    const { miner, lines, owners, templateOf, shapes } = this.parts;
    const { payload } = columns;
    const isText = columns.bodyIsText[i] === 1;
    if (!isText && bodyKind(payload, start, end) === 'nothing') return NAMELESS;
    const owner = owners.of(source);
    const traced = isText && startsWithTrace(payload, start, end) ? this.traced(payload, start, end) : undefined;
    const id = isText
      ? miner.learn(payload, traced?.start ?? start, traced?.end ?? end, owner)
      : miner.learnValue(payload, start, end, owner);
    const subject = this.subjects.ofTemplate(id, source, severity, frame, owner);
    if (id === OTHER || owner.given > this.parts.maxTemplatesPerService) this.noteOther(source);
    if (subject >= 0 && subject < NAMELESS && frame.find(subject) < 0) lines.keep(subject, payload, start, end);
    if (subject >= 0 && subject < NAMELESS) templateOf[subject] = id;
    const presence = source.presence[LOGS] as number;
    if (presence >= 0) shapes.note(columns, i, miner.hash(id).low, presence, frame.bucket);
    this.add(frame, subject, columns, i, severity, NAMELESS);
    this.lastSource = source;
    this.lastFrame = frame;
    this.lastSeverity = severity;
    this.lastSubject = subject;
    const hasMore = isText && traced === undefined && miner.readTo > start && miner.readTo < end;
    const { place } = traced ?? (hasMore ? this.traced(payload, start, end) : NO_TRACE);
    if (place !== '') this.countPlace(place, columns, i);
    return subject;
  }

  /** A body of several lines. */
  private traced(payload: Uint8Array, start: number, end: number): TracedBody {
    return readTracedBody(payload, start, end, this.bodyTrace);
  }

  /** Whether the record is a line of a stack trace that came apart: it belongs to the record before it. */
  private joins(columns: LogColumns, i: number, source: Source): boolean {
    const start = columns.bodyStart[i] as number;
    const end = columns.bodyEnd[i] as number;
    if (this.trace.isOpen && this.openIn !== source) this.endTrace(columns, i);
    if (columns.bodyIsText[i] === 1 && this.trace.take(columns.payload, start, end)) {
      this.openIn = source;
      this.parts.joined.add(1);
      return true;
    }
    if (this.trace.isOpen) this.endTrace(columns, i);
    return false;
  }

  private endTrace(columns: LogColumns, i: number): void {
    this.countOpen(columns, i);
    this.trace.clear();
  }

  /** Counts the place that the lines of a trace told, if the record before them is known. */
  private countOpen(columns: LogColumns, i: number): void {
    const place = this.trace.takePlace();
    if (place !== '' && this.lastSource === this.openIn) this.countPlace(place, columns, i);
  }

  /** For the record that was counted last. */
  private countPlace(place: string, columns: LogColumns, i: number): void {
    const { lastSource: source, lastFrame: frame, lastSeverity: severity, lastSubject: subject } = this;
    if (source === undefined || frame === undefined) return;
    const isKnown = subject >= 0 && subject < NAMELESS;
    const told = isKnown && this.subjects.isNews(subject);
    const owner = this.parts.owners.of(source);
    const at = this.subjects.ofPlace(place, told, source, severity, frame, owner);
    if (isKnown && at >= 0 && frame.find(at) < 0) this.parts.lines.share(subject, at);
    this.add(frame, at, columns, i, severity, NAMELESS);
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

/** For the service as a whole. */
function countRecord(frame: Frame, service: number, severity: number, traced: boolean): void {
  frame.members[service] = (frame.members[service] as number) + 1;
  if (severity >= WARN) frame.failures[service] = (frame.failures[service] as number) + 1;
  if (traced) frame.total[service] = (frame.total[service] as number) + 1;
}

/** Keeps the template that leads among the records of a severity (majority vote in two numbers). */
function follow(frame: Frame, row: number, template: number): void {
  const lead = frame.lead[row] as number;
  if (lead === 0) frame.leader[row] = template;
  frame.lead[row] = lead + (frame.leader[row] === template ? 1 : -1);
}

import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import {
  droppedBy,
  refusedBy,
  requestOf,
  toDropRecord,
  toLetterRecord,
  toRefusalRecord,
} from './dead-letter-record.ts';
import { type DeadLetter, letterOf, refusedAgain } from './dead-letter.ts';
import type { Files } from './files.ts';
import type { KeptRequest } from './kept-request.ts';
import { createLogMetrics, type LogMetrics } from './log-metrics.ts';
import type { LogRecord } from './record.ts';
import { SegmentLog, type SegmentLogOptions } from './segment-log.ts';
import { readStored, SegmentReader, type Stored } from './segment-reader.ts';
import type { Segment } from './segment.ts';

export interface DeadLetterOptions {
  readonly folder: string;
  /** Bytes, number and age (milliseconds) beyond which the oldest go. */
  readonly maxSize: number;
  readonly maxLetters: number;
  readonly maxAge: number;
}

export interface DeadLetterParts {
  readonly options: DeadLetterOptions;
  /** Its spans, points or records; `undefined` when they cannot be counted. */
  readonly countItems: (request: KeptRequest) => Promise<number | undefined>;
  readonly files: Files;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

interface Entry extends Stored {
  letter: DeadLetter;
}

/** A segment goes as a whole: the more there are, the less goes at a time. */
const SEGMENTS = 16;
const MAX_REASON_LENGTH = 500;
const TICK_MS = 60_000;

/**
 * Requests that were acknowledged and that a backend then refused for good, with its reason. A log like the write-ahead
 * log; what was dropped is a record too, and a segment goes when all in it, and in those before it, has been dropped.
 */
export class DeadLetters {
  readonly #parts: DeadLetterParts;
  readonly #log: SegmentLog;
  #options: DeadLetterOptions;
  readonly #metrics: LogMetrics;
  /** In the order of their deaths. */
  readonly #entries = new Map<string, Entry>();
  readonly #stopped = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: DeadLetterParts) {
    const { files, clock, logger, metrics, options } = parts;
    this.#parts = parts;
    this.#metrics = createLogMetrics({ log: 'dead_letters', metrics, logger });
    const monotonicMs = (): number => clock.monotonicMs();
    this.#options = options;
    this.#log = new SegmentLog({ files, options: sizesOf(options), metrics: this.#metrics, monotonicMs });
    metrics.gauge({ name: 'sentinel_dead_letters', help: 'Requests that a backend will not take.' }, () => this.size);
    metrics.gauge({ name: 'sentinel_dead_letters_size_bytes', help: 'Bytes of their log.' }, () => this.#log.bytes);
    const help = 'Bytes beyond which the oldest go.';
    metrics.gauge({ name: 'sentinel_dead_letters_size_bytes_limit', help }, () => this.#options.maxSize);
  }

  /** The folder stays. */
  configure(options: Omit<DeadLetterOptions, 'folder'>): void {
    this.#options = { ...options, folder: this.#options.folder };
    this.#log.configure(sizesOf(this.#options));
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#log.bytes;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  async start(): Promise<void> {
    await this.#log.open(1);
    for (const segment of this.#log.segments) await this.#readAll(segment);
    await this.#tidy();
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
    await this.#log.close();
  }

  /** Resolves true once the letter is on disk. False: the disk does not take it now, and the caller keeps the request. */
  async add(request: KeptRequest, { backend, reason }: { backend: string; reason: string }): Promise<boolean> {
    const diedAtMs = this.#parts.clock.nowMs();
    const items = await this.#parts.countItems(request);
    const death = { reason: reason.slice(0, MAX_REASON_LENGTH), diedAtMs, ...(items === undefined ? {} : { items }) };
    const content = toLetterRecord({ ...request, owed: [backend] }, death);
    let appended = await this.#log.append(content);
    while (appended.kind === 'full' && (await this.#evictOldest('size'))) appended = await this.#log.append(content);
    if (appended.kind !== 'kept') return false;
    this.#index({ sequence: appended.sequence, ...content }, appended);
    const help = 'Requests that became dead letters.';
    this.#parts.metrics.counter({ name: 'sentinel_dead_letters_total', help, labels: { backend } }).add(1);
    this.#parts.logger.warn(
      { backend, reason },
      'A backend will not take an acknowledged request; it is a dead letter.',
    );
    while (this.#entries.size > this.#options.maxLetters && (await this.#evictOldest('number')));
    return true;
  }

  /** The newest first. */
  list(): DeadLetter[] {
    return [...this.#entries.values()].map(({ letter }) => letter).reverse();
  }

  /** The letter with its request; `undefined` when there is none of that id, or its bytes cannot be read. */
  async get(id: string): Promise<{ readonly letter: DeadLetter; readonly request: KeptRequest } | undefined> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    try {
      const record = await readStored(this.#parts.files, entry);
      const request = record === undefined ? undefined : requestOf(record);
      return request === undefined ? undefined : { letter: entry.letter, request };
    } catch (error) {
      this.#metrics.failed(error);
      return undefined;
    }
  }

  /** True once it is gone for good; false when there is none of that id, or the disk fails. */
  async drop(id: string): Promise<boolean> {
    if (!this.#entries.has(id)) return false;
    // However full the log is: there are no more of these than letters, and each makes room.
    const appended = await this.#log.append(toDropRecord([id]), { beyondMaxSize: true });
    if (appended.kind !== 'kept') return false;
    this.#entries.delete(id);
    await this.#tidy();
    return true;
  }

  /** The backend has refused it once more. When the disk has no room to note that, it is forgotten with the process. */
  async refused(id: string, reason: string): Promise<DeadLetter | undefined> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    const refusal = { id, reason: reason.slice(0, MAX_REASON_LENGTH), atMs: this.#parts.clock.nowMs() };
    entry.letter = refusedAgain(entry.letter, refusal);
    await this.#log.append(toRefusalRecord(refusal));
    return entry.letter;
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      await this.#parts.clock.sleep(TICK_MS, this.#stopped.signal);
      if (this.#isRipe()) await this.#log.seal();
      await this.#tidy();
    }
  }

  /** The segment that grows is closed in time, so that it can grow old too; or because no letter is left in it. */
  #isRipe(): boolean {
    const { clock } = this.#parts;
    const last = this.#log.segments.at(-1);
    const [first] = last === undefined ? [] : this.#lettersIn(last);
    return first === undefined || first.letter.diedAtMs + this.#options.maxAge / SEGMENTS <= clock.nowMs();
  }

  /** Removes what is too old, and leading segments without a letter. */
  async #tidy(): Promise<void> {
    const { clock } = this.#parts;
    try {
      for (;;) {
        const oldest = this.#oldest();
        if (oldest === undefined) return;
        const letters = this.#lettersIn(oldest);
        const youngest = Math.max(...letters.map(({ letter }) => letter.diedAtMs));
        if (letters.length > 0 && youngest + this.#options.maxAge > clock.nowMs()) return;
        await this.#evict(oldest, 'age');
      }
    } catch (error) {
      this.#metrics.failed(error);
    }
  }

  async #evictOldest(reason: 'size' | 'number'): Promise<boolean> {
    const oldest = this.#oldest();
    if (oldest === undefined) return false;
    try {
      await this.#evict(oldest, reason);
      return true;
    } catch (error) {
      this.#metrics.failed(error);
      return false;
    }
  }

  /** The one that still grows does not count: what is on its way into it is not listed yet. */
  #oldest(): Segment | undefined {
    const [oldest] = this.#log.segments;
    return this.#log.isOpen && this.#log.segments.length === 1 ? undefined : oldest;
  }

  async #evict(segment: Segment, reason: 'age' | 'size' | 'number'): Promise<void> {
    const letters = this.#lettersIn(segment);
    await this.#log.discard(segment);
    for (const { letter } of letters) this.#entries.delete(letter.id);
    if (letters.length === 0) return;
    const help = 'Dead letters that were removed unread: too old, or no room.';
    const labels = { reason };
    this.#parts.metrics.counter({ name: 'sentinel_dead_letters_evicted_total', help, labels }).add(letters.length);
    this.#parts.logger.error(
      { letters: letters.length, reason },
      'Dead letters were removed; their telemetry is gone.',
    );
  }

  #lettersIn(segment: Segment): Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.segment === segment);
  }

  async #readAll(segment: Segment): Promise<void> {
    try {
      const file = await this.#parts.files.open(segment.path);
      const reader = new SegmentReader(file);
      for (let step = await reader.next(segment.bytes); step.kind !== 'end'; step = await reader.next(segment.bytes)) {
        if (step.kind === 'record') this.#index(step.record, { segment, place: step.place });
        else this.#metrics.damaged(segment.path, step.bytes);
      }
      await file.close();
    } catch (error) {
      this.#metrics.failed(error);
    }
  }

  #index(record: LogRecord, { segment, place }: Stored): void {
    for (const id of droppedBy(record.description)) this.#entries.delete(id);
    const refusal = refusedBy(record.description);
    const refused = refusal === undefined ? undefined : this.#entries.get(refusal.id);
    if (refusal !== undefined && refused !== undefined) refused.letter = refusedAgain(refused.letter, refusal);
    const letter = letterOf(record);
    if (letter !== undefined) this.#entries.set(letter.id, { letter, segment, place });
  }
}

function sizesOf({ folder, maxSize }: DeadLetterOptions): SegmentLogOptions {
  return { folder, maxSize, segmentSize: Math.ceil(maxSize / SEGMENTS) };
}

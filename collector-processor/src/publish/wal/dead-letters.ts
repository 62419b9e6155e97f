import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { requestOf, toDropRecord, toLetterRecord, toRefusalRecord } from './dead-letter-record.ts';
import { type DeadLetter, refusedAgain } from './dead-letter.ts';
import { type Files, reading } from './files.ts';
import type { KeptRequest } from './kept-request.ts';
import { LetterIndex } from './letter-index.ts';
import { LETTER_SEGMENTS, LetterIntake } from './letter-intake.ts';
import { LetterRoom } from './letter-room.ts';
import { createLogMetrics, type LogMetrics } from './log-metrics.ts';
import { SegmentLog, type SegmentLogOptions } from './segment-log.ts';
import { readStored, SegmentReader } from './segment-reader.ts';
import type { Segment } from './segment.ts';

export interface DeadLetterOptions {
  readonly folder: string;
  readonly maxSize: number;
  readonly maxLetters: number;
  /** Milliseconds, beyond which a letter goes. */
  readonly maxAge: number;
  /** Beyond size and number: `wait` takes no more, and the write-ahead log keeps them; `drop_oldest` gives up the oldest. */
  readonly whenFull: 'wait' | 'drop_oldest';
  /** Bytes of damaged files that are kept. */
  readonly maxSetAside: number;
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

export const newLetters = { name: 'sentinel_dead_letters_total', help: 'Requests that became dead letters.' };
const MAX_REASON_LENGTH = 500;
const TICK_MS = 60_000;
/** Time to notice that the clock is wrong, and to take letters out. */
const FIRST_HOUR_MS = 3_600_000;

/**
 * Requests that were acknowledged and that a backend then refused for good, with its reason. A log like the write-ahead
 * log; what was dropped is a record too, and a segment goes when all in it, and in those before it, has been dropped.
 */
export class DeadLetters {
  readonly #parts: DeadLetterParts;
  readonly #log: SegmentLog;
  #options: DeadLetterOptions;
  readonly #logMetrics: LogMetrics;
  readonly #index = new LetterIndex();
  /** Segments of which nobody knows yet what they hold. */
  readonly #unread = new Set<Segment>();
  readonly #room: LetterRoom;
  readonly #intake: LetterIntake;
  readonly #stopped = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #started = { wallMs: 0, monotonicMs: 0 };

  constructor(parts: DeadLetterParts) {
    const { files, clock, logger, metrics, options } = parts;
    this.#parts = parts;
    this.#logMetrics = createLogMetrics({ log: 'dead_letters', metrics, logger, folder: options.folder });
    const monotonicMs = (): number => clock.monotonicMs();
    this.#options = options;
    this.#log = new SegmentLog({ files, options: sizesOf(options), metrics: this.#logMetrics, monotonicMs });
    const common = { log: this.#log, index: this.#index, logMetrics: this.#logMetrics, logger };
    const folder = options.folder;
    const maxSetAside = (): number => this.#options.maxSetAside;
    this.#room = new LetterRoom({ ...common, files, metrics, unread: this.#unread, folder, maxSetAside });
    this.#intake = new LetterIntake({ ...common, room: this.#room });
    const gauge = (name: string, help: string, read: () => number): void =>
      metrics.gauge({ name: `sentinel_dead_letters${name}`, help }, read);
    gauge('', 'Requests that a backend will not take.', () => this.size);
    gauge('_size_bytes', 'Bytes of their log.', () => this.#log.bytes);
    gauge('_size_bytes_limit', 'Bytes it may have.', () => this.#options.maxSize);
    gauge('_full', '1 while they take no more, and the write-ahead log keeps what is refused.', () =>
      Number(this.#intake.isFull),
    );
  }

  /** The folder stays. */
  configure(options: Omit<DeadLetterOptions, 'folder'>): void {
    this.#options = { ...options, folder: this.#options.folder };
    this.#log.configure(sizesOf(this.#options));
  }

  get size(): number {
    return this.#index.size;
  }

  get bytes(): number {
    return this.#log.bytes;
  }

  has(id: string): boolean {
    return this.#index.get(id) !== undefined;
  }

  async start(): Promise<void> {
    const { clock } = this.#parts;
    this.#started = { wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
    await this.#log.open(1);
    await this.#readFrom(0);
    await this.#room.limitSetAside();
    await this.#tidy();
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
    await this.#log.close();
  }

  /** Resolves true once the letter is on disk. False: it is not taken now, and the caller keeps the request. */
  async add(request: KeptRequest, { backend, reason }: { backend: string; reason: string }): Promise<boolean> {
    const { clock, countItems, logger, metrics } = this.#parts;
    const diedAtMs = clock.nowMs();
    const items = await countItems(request);
    const content = toLetterRecord({ ...request, owed: [backend] }, { reason: cut(reason), diedAtMs, items });
    const appended = await this.#intake.append(content, this.#options);
    if (appended.kind !== 'kept') return false;
    this.#index.read({ sequence: appended.sequence, ...content }, appended);
    metrics.counter({ ...newLetters, labels: { backend } }).add(1);
    logger.warn({ backend, reason }, 'A backend will not take an acknowledged request; it is a dead letter.');
    await this.#intake.limit(this.#options);
    return true;
  }

  /** The newest first. */
  list(): DeadLetter[] {
    return this.#index.list();
  }

  /** The letter with its request; `undefined` when there is none of that id, or its bytes cannot be read. */
  async get(id: string): Promise<{ readonly letter: DeadLetter; readonly request: KeptRequest } | undefined> {
    const entry = this.#index.get(id);
    if (entry === undefined) return undefined;
    try {
      const record = await readStored(this.#parts.files, entry);
      const request = record === undefined ? undefined : requestOf(record);
      return request === undefined ? undefined : { letter: entry.letter, request };
    } catch (error) {
      this.#logMetrics.failed(error);
      return undefined;
    }
  }

  /** True once it is gone for good; false when there is none of that id, or the disk fails. */
  async drop(id: string): Promise<boolean> {
    if (!this.has(id)) return false;
    // However full the log is: there are no more of these than letters, and each makes room.
    const appended = await this.#log.append(toDropRecord([id]), { beyondMaxSize: true });
    if (appended.kind !== 'kept') return false;
    this.#index.delete(id);
    await this.#tidy();
    return true;
  }

  /** The backend has refused it once more. When the disk has no room to note that, it is forgotten with the process. */
  async refused(id: string, reason: string): Promise<DeadLetter | undefined> {
    const entry = this.#index.get(id);
    if (entry === undefined) return undefined;
    const refusal = { id, reason: cut(reason), atMs: this.#parts.clock.nowMs() };
    entry.letter = refusedAgain(entry.letter, refusal);
    await this.#log.append(toRefusalRecord(refusal));
    return entry.letter;
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      await this.#parts.clock.sleep(TICK_MS, this.#stopped.signal);
      if (this.#isRipe()) await this.#log.seal();
      if (this.#unread.size > 0) await this.#readFrom(this.#log.segments.findIndex((one) => this.#unread.has(one)));
      await this.#tidy();
    }
  }

  /** The segment that grows is closed in time, so that it can grow old too; or because no letter is left in it. */
  #isRipe(): boolean {
    const { clock } = this.#parts;
    const last = this.#log.segments.at(-1);
    const [first] = last === undefined ? [] : this.#index.in(last);
    return first === undefined || first.letter.diedAtMs + this.#options.maxAge / LETTER_SEGMENTS <= clock.nowMs();
  }

  async #tidy(): Promise<void> {
    await this.#room.tidy(this.#nowForAge() - this.#options.maxAge);
  }

  /** A wall clock that jumps forward is not believed: not while the process runs, and not in its first hour. */
  #nowForAge(): number {
    const { clock } = this.#parts;
    const elapsedMs = clock.monotonicMs() - this.#started.monotonicMs;
    return elapsedMs < FIRST_HOUR_MS ? -Infinity : Math.min(clock.nowMs(), this.#started.wallMs + elapsedMs);
  }

  /** What cannot be read is read again later, with all behind it: later records say which letters were dropped. */
  async #readFrom(first: number): Promise<void> {
    for (const segment of this.#log.segments.slice(Math.max(0, first))) {
      try {
        await reading(this.#parts.files, segment.path, (file) => this.#readAll(segment, new SegmentReader(file)));
        this.#unread.delete(segment);
      } catch (error) {
        this.#logMetrics.failed(error);
        this.#unread.add(segment);
      }
    }
  }

  async #readAll(segment: Segment, reader: SegmentReader): Promise<void> {
    for (let step = await reader.next(segment.bytes); step.kind !== 'end'; step = await reader.next(segment.bytes)) {
      if (step.kind === 'record') this.#index.read(step.record, { segment, place: step.place });
      else this.#logMetrics.damaged(segment.path, step.bytes);
    }
  }
}

function cut(reason: string): string {
  return reason.slice(0, MAX_REASON_LENGTH);
}

function sizesOf({ folder, maxSize }: DeadLetterOptions): SegmentLogOptions {
  return { folder, maxSize, segmentSize: Math.ceil(maxSize / LETTER_SEGMENTS) };
}

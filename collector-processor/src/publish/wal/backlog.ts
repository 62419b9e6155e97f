import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { CursorFile } from './cursor-file.ts';
import type { Cursors } from './cursors.ts';
import type { FeedParts, Stand } from './feed-parts.ts';
import { Feed } from './feed.ts';
import type { Files } from './files.ts';
import { createLogMetrics, type LogMetrics } from './log-metrics.ts';
import { LogTrouble } from './log-trouble.ts';
import { namesInLog } from './names-in-log.ts';
import { limitSetAside } from './quarantine.ts';
import type { LogRecord, RecordContent } from './record.ts';
import { SegmentLog } from './segment-log.ts';
import type { Segment } from './segment.ts';

export interface BacklogOptions {
  readonly folder: string;
  readonly maxSize: number;
  readonly segmentSize: number;
  readonly maxSetAside: number;
}

export interface BacklogParts {
  readonly options: BacklogOptions;
  readonly files: Files;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  readonly isOwed: (record: LogRecord, backend: string) => boolean;
  /** Backends that the record names as owed. */
  readonly owedOf: (record: LogRecord) => readonly string[];
}

export interface Kept {
  readonly sequence: number;
  /** Whether it is on disk; once it is, it may be promised. */
  readonly kept: Promise<{ readonly kind: 'kept' } | { readonly kind: 'full' | 'failed'; readonly reason: string }>;
}

/** Between two looks at what has been settled. */
const TICK_MS = 250;
/** The segment that grows goes, when all of it is settled, after that long without a new record. */
const IDLE_TICKS = 4;

/**
 * The write-ahead log of all backends: each record stands in it once and names the backends that are owed it. How far
 * each of them has come is made durable before a segment is removed, never after.
 */
export class Backlog {
  readonly #parts: BacklogParts;
  readonly #log: SegmentLog;
  readonly #trouble: LogTrouble;
  readonly #cursorFile: CursorFile;
  /** Backends in the cursor file: a name that is owed something is there before the first record that says so. */
  #written: ReadonlySet<string> = new Set();
  readonly #metrics: LogMetrics;
  #options: BacklogOptions;
  readonly #feeds = new Map<string, Feed>();
  #stopped = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #idleTicks = 0;
  #lastSequence = 0;
  /** Told of a backend that the log has not known so far and that is owed something from now on. */
  onNewDebt: (name: string) => void = () => undefined;

  constructor(parts: BacklogParts) {
    const { options, files, clock, logger, metrics } = parts;
    this.#parts = parts;
    this.#options = options;
    this.#metrics = createLogMetrics({ log: 'wal', metrics, logger, folder: options.folder });
    const size = () => ({ bytes: this.#log.bytes, maxSize: this.#options.maxSize });
    this.#trouble = new LogTrouble({ folder: options.folder, clock, logger, size });
    const monotonicMs = (): number => clock.monotonicMs();
    this.#cursorFile = new CursorFile(files, options.folder, this.#metrics);
    const ready = (): Promise<void> => this.#writeNewNames();
    this.#log = new SegmentLog({ files, options, metrics: this.#metrics, monotonicMs, ready });
    metrics.gauge({ name: 'sentinel_wal_size_bytes', help: 'Bytes in the write-ahead log.' }, () => this.#log.bytes);
    const help = 'Bytes it may hold; beyond them senders are told to repeat.';
    metrics.gauge({ name: 'sentinel_wal_size_bytes_limit', help }, () => this.#options.maxSize);
  }

  /** The folder stays. */
  configure(options: Omit<BacklogOptions, 'folder'>): void {
    this.#options = { ...options, folder: this.#options.folder };
    this.#log.configure(this.#options);
  }

  /** Why nothing can be kept now, in a sentence. */
  get trouble(): string | undefined {
    return this.#trouble.now;
  }

  /** Reads what the last process left, whatever state it is in, and begins to tidy up behind the backends. */
  async start(): Promise<void> {
    const { files } = this.#parts;
    const { folder } = this.#options;
    await files.makeFolder(folder);
    const cursors = await this.#cursorFile.read();
    await this.#log.open(cursors === undefined ? 1 : highest(cursors));
    for (const [name, cursor] of Object.entries(cursors?.backends ?? {})) this.#addFeed(name, cursor);
    this.#written = new Set(this.#feeds.keys());
    if (cursors === undefined) await this.#addFeedsOfAll();
    await this.#limitSetAside();
    this.#stopped = new AbortController();
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
    await this.#log.seal();
    await this.#tidy();
    await Promise.all([...this.#feeds.values()].map((feed) => feed.close()));
  }

  /** What the log holds for a backend. One that is new to it is owed nothing so far. */
  feed(name: string): Feed {
    return this.#feeds.get(name) ?? this.#addFeed(name, { position: this.#log.nextSequence, owed: [], settled: [] });
  }

  /** Backends that the log knows of, also those that are not configured any more. */
  get names(): readonly string[] {
    return [...this.#feeds.keys()];
  }

  /** Nobody asks for that backend any more, and it is owed nothing. */
  forget(name: string): void {
    this.#feeds.delete(name);
  }

  /** Bytes of the segments that a backend has not come past. */
  bytesOwed(name: string): number {
    const low = this.#feeds.get(name)?.low() ?? Infinity;
    let owed = 0;
    for (const [index, { bytes }] of this.#log.segments.entries()) if (low < this.#endOf(index)) owed += bytes;
    return owed;
  }

  /** `owed` says for each backend that is owed the record whether it is being sent from memory now (`live`). */
  append(content: RecordContent, owed: ReadonlyMap<string, Exclude<Stand, 'not_owed'>>): Kept {
    const unknown = [...owed.keys()].filter((name) => !this.#feeds.has(name));
    for (const name of unknown) this.feed(name);
    const sequence = this.#log.nextSequence;
    for (const [name, feed] of this.#feeds) feed.expect(sequence, owed.get(name) ?? 'not_owed');
    for (const name of unknown) this.onNewDebt(name);
    const kept = this.#log.append(content).then((appended) => {
      this.#trouble.note(appended);
      if (appended.kind === 'kept') for (const name of owed.keys()) this.feed(name).arrived(sequence, appended);
      else for (const feed of this.#feeds.values()) feed.withdraw(sequence);
      return appended;
    });
    return { sequence, kept };
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      await this.#parts.clock.sleep(TICK_MS, this.#stopped.signal);
      await this.#tidy();
    }
  }

  async #tidy(): Promise<void> {
    try {
      await this.#sealIfIdle();
      const low = Math.min(Infinity, ...[...this.#feeds.values()].map((feed) => feed.low()));
      const settled = this.#settledBelow(low);
      if (settled.length === 0 && ![...this.#feeds.values()].some(({ dirty }) => dirty)) return;
      for (const feed of this.#feeds.values()) feed.dirty = false;
      await this.#writeCursors();
      for (const segment of settled) await this.#discard(segment);
    } catch (error) {
      for (const feed of this.#feeds.values()) feed.dirty = true;
      this.#metrics.failed(error);
    }
  }

  async #discard(segment: Segment): Promise<void> {
    await this.#log.discard(segment);
    if (segment.damaged) await this.#limitSetAside();
  }

  async #limitSetAside(): Promise<void> {
    const { folder, maxSetAside } = this.#options;
    await limitSetAside({ files: this.#parts.files, folder, maxBytes: maxSetAside, metrics: this.#metrics });
  }

  /** Once all is settled and nothing new comes the log is empty on disk too. */
  async #sealIfIdle(): Promise<void> {
    const { nextSequence } = this.#log;
    this.#idleTicks = nextSequence === this.#lastSequence ? this.#idleTicks + 1 : 0;
    this.#lastSequence = nextSequence;
    const isSettled = [...this.#feeds.values()].every((feed) => feed.isSettled);
    if (this.#idleTicks >= IDLE_TICKS && isSettled) await this.#log.seal();
  }

  /** The last one may still grow: it goes only when it has been closed. */
  #settledBelow(low: number): Segment[] {
    const { segments, isOpen } = this.#log;
    const closed = isOpen ? segments.length - 1 : segments.length;
    let count = 0;
    while (count < closed && this.#endOf(count) <= low) count++;
    return segments.slice(0, count);
  }

  /** Below the sequence of the first record behind that segment. */
  #endOf(index: number): number {
    return this.#log.segments[index + 1]?.first ?? this.#log.nextSequence;
  }

  async #writeNewNames(): Promise<void> {
    if (this.names.some((name) => !this.#written.has(name))) await this.#writeCursors();
  }

  async #writeCursors(): Promise<void> {
    let names: readonly string[] = [];
    await this.#cursorFile.write(() => {
      names = this.names;
      const backends = Object.fromEntries([...this.#feeds].map(([name, feed]) => [name, feed.cursor()]));
      return { nextSequence: this.#log.nextSequence, backends };
    });
    this.#written = new Set(names);
  }

  #addFeed(name: string, cursor: Cursors['backends'][string]): Feed {
    const { files, isOwed, metrics } = this.#parts;
    const onLoss: FeedParts['onLoss'] = (what, reason) => this.#metrics.lost({ backend: name, what, reason });
    const feed = new Feed({ name, log: this.#log, files, isOwed, onLoss }, cursor);
    this.#feeds.set(name, feed);
    const help = 'Bytes of segments that the backend has not come past.';
    const gauge = { name: 'sentinel_wal_owed_bytes', help, labels: { backend: name } };
    metrics.gauge(gauge, () => this.bytesOwed(name));
    return feed;
  }

  /** Without cursors every record counts as owed to all that it names. */
  async #addFeedsOfAll(): Promise<void> {
    const { segments } = this.#log;
    const position = segments[0]?.first ?? 1;
    const { files, owedOf } = this.#parts;
    const names = await namesInLog({ files, segments, owedOf, metrics: this.#metrics });
    for (const name of names) this.#addFeed(name, { position, owed: [], settled: [] });
  }
}

function highest({ nextSequence, backends }: Cursors): number {
  return Object.values(backends).reduce((high, { position }) => Math.max(high, position), nextSequence);
}

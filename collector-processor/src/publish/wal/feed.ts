import { messageOf } from '../../runtime/errors.ts';
import { type Cursor, toRanges } from './cursors.ts';
import type { FeedParts, Stand } from './feed-parts.ts';
import { KnownDeaths } from './known-deaths.ts';
import type { LogRecord } from './record.ts';
import { Resumed } from './resumed.ts';
import { readStored, type Stored } from './segment-reader.ts';
import { SegmentWalk } from './segment-walk.ts';

/** Settled out of turn, not yet passed by the reader. Beyond it they are forgotten and sent twice. */
const MAX_AHEAD = 50_000;
/** Given up by memory and waiting to be handed out. From there on the reader stays behind, and finds them by itself. */
const MAX_AGAIN = 1000;

/**
 * What the log holds for one backend. Records are handed out once, in order, until they are settled; those that are being
 * sent from memory meanwhile are passed over and come back when that fails. What is in memory is bounded by what is under
 * way, not by the length of the log.
 */
export class Feed {
  readonly #parts: FeedParts;
  /** The reader has passed everything below. */
  #position: number;
  /** Below the position: handed out, or live, and not settled. */
  readonly #owed = new Set<number>();
  /** From the position on: what the reader must not hand out when it gets there. */
  readonly #ahead = new Map<number, 'live' | 'settled'>();
  /** Where live records stand, once they do. */
  readonly #places = new Map<number, Stored | undefined>();
  readonly #again: { readonly sequence: number; readonly stored: Stored }[] = [];
  /** Handed out and given back. */
  readonly #returned: LogRecord[] = [];
  #resumed: Resumed | undefined;
  readonly #walk: SegmentWalk;
  #turn: Promise<unknown> = Promise.resolve();
  /** Wall clock: since when no backend of the name is configured. */
  #removedAtMs: number | undefined;
  readonly deaths = new KnownDeaths();
  dirty = true; // Something has changed that is not in the cursor file yet.
  onWork: () => void = () => undefined;

  constructor(parts: FeedParts, cursor: Cursor) {
    this.#parts = parts;
    const onDamage = (reason: string): void => {
      // What a cursor says is owed is counted when its place has been passed.
      if (this.#position >= (this.#resumed?.until ?? 0)) parts.onLoss('unreadable', reason);
    };
    this.#walk = new SegmentWalk({ ...parts, onDamage });
    this.#position = Math.min(cursor.position, ...cursor.owed);
    this.#removedAtMs = cursor.removedAtMs;
    this.#resumed = new Resumed(cursor);
    for (const [first, last] of cursor.settled) {
      for (let sequence = first; sequence <= last; sequence++) this.#ahead.set(sequence, 'settled');
    }
  }

  /** Sequences below are settled for good: their segments may go. */
  low(): number {
    let low = this.#position;
    for (const sequence of this.#owed) low = Math.min(low, sequence);
    return low;
  }

  /** Nothing is left for this backend. */
  get isSettled(): boolean {
    return this.#owed.size === 0 && this.#position >= this.#parts.log.nextSequence;
  }

  get removedAtMs(): number | undefined {
    return this.#removedAtMs;
  }

  /** Whether a backend of the name is configured; `nowMs` counts when none is, for the first time. */
  markConfigured(isConfigured: boolean, nowMs: number): void {
    const removedAtMs = isConfigured ? undefined : (this.#removedAtMs ?? nowMs);
    if (removedAtMs === this.#removedAtMs) return;
    this.#removedAtMs = removedAtMs;
    this.dirty = true;
  }

  /** To be made durable; of records that are still on their way to the disk it says nothing. */
  cursor(): Cursor {
    const { decidedBelow } = this.#parts.log;
    const until = Math.min(decidedBelow, Math.max(this.#position, this.#resumed?.until ?? 0));
    const resumed = this.#resumed?.owedFrom(this.#position) ?? [];
    const owed = [...this.#owed].filter((sequence) => sequence < decidedBelow);
    const settled = [...this.#ahead].flatMap(([sequence, state]) => (state === 'settled' ? [sequence] : []));
    return {
      ...(this.#removedAtMs === undefined ? {} : { removedAtMs: this.#removedAtMs }),
      position: until,
      owed: [...owed, ...resumed],
      settled: toRanges(settled.sort((left, right) => left - right)),
    };
  }

  /** A record with that sequence is on its way to the disk. */
  expect(sequence: number, stand: Stand): void {
    if (stand === 'live') this.#places.set(sequence, undefined);
    if (this.#position === sequence && this.#again.length < MAX_AGAIN) {
      if (stand === 'stored') return;
      this.#position++;
      if (stand === 'live') this.#owed.add(sequence);
    } else if (stand === 'live') {
      this.#ahead.set(sequence, 'live');
    }
    this.dirty = true;
  }

  /** It is there; whoever did not wait for it can now be given it. */
  arrived(sequence: number, stored: Stored): void {
    if (this.#places.has(sequence)) this.#places.set(sequence, stored);
    else if (this.#owed.has(sequence)) this.#again.push({ sequence, stored });
    this.onWork();
  }

  /** It did not get there. */
  withdraw(sequence: number): void {
    this.#places.delete(sequence);
    this.#owed.delete(sequence);
    this.#ahead.delete(sequence);
  }

  /** The backend has it, or it lies with the dead letters. */
  settle(sequence: number): void {
    this.dirty = true;
    this.deaths.forget(sequence);
    this.#places.delete(sequence);
    if (sequence < this.#position) this.#owed.delete(sequence);
    else if (this.#ahead.size < MAX_AHEAD || this.#ahead.has(sequence)) this.#ahead.set(sequence, 'settled');
    else this.#parts.onLoss('forgotten', 'too many were settled out of turn');
  }

  /** Memory has given it up: from now on it is the log's. `death`: what its backend has already said of it for good. */
  release(sequence: number, death?: string): void {
    if (death !== undefined) this.deaths.note(sequence, death);
    const stored = this.#places.get(sequence);
    this.#places.delete(sequence);
    if (sequence >= this.#position) this.#ahead.delete(sequence);
    else if (stored !== undefined && this.#owed.has(sequence)) this.#again.push({ sequence, stored });
    this.onWork();
  }

  /** Whoever was handed the record will not go on with it: the next one is handed it first. */
  giveBack(record: LogRecord): void {
    this.#returned.push(record);
    this.onWork();
  }

  /** It is of no use to anybody. */
  lose(sequence: number, reason: string): void {
    this.settle(sequence);
    this.#parts.onLoss('unreadable', `record ${sequence}: ${reason}`);
  }

  /** Hands out the next record that the backend is owed; `undefined` when there is none for now. Never rejects. */
  next(): Promise<LogRecord | undefined> {
    const turn = this.#turn.then(() => this.#next());
    this.#turn = turn;
    return turn;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#walk.close();
  }

  async #next(): Promise<LogRecord | undefined> {
    const returned = this.#returned.shift();
    if (returned !== undefined) return returned;
    try {
      for (let again = this.#again[0]; again !== undefined; again = this.#again[0]) {
        const { sequence, stored } = again;
        const isOwed = this.#owed.has(sequence);
        const record = isOwed ? await readStored(this.#parts.files, stored) : undefined;
        // Only now: what cannot be read for the moment, because files are short or the disk failed, stays in line.
        this.#again.shift();
        if (record !== undefined) return record;
        if (!isOwed) continue;
        stored.segment.damaged = true;
        this.#unreadable([sequence], 'its place holds no record');
      }
      return await this.#readOn();
    } catch (error) {
      this.#parts.onLoss('unreadable', messageOf(error));
      await this.#walk.close();
      return undefined;
    }
  }

  async #readOn(): Promise<LogRecord | undefined> {
    for (;;) {
      // Asked first: whatever lies below is on disk, or never will be, when the segment's bytes are asked for.
      const { decidedBelow } = this.#parts.log;
      const step = this.#position < decidedBelow ? await this.#walk.next(this.#position) : ({ kind: 'end' } as const);
      if (step.kind === 'end') {
        if (decidedBelow > this.#position) this.#passTo(decidedBelow);
        await this.#walk.close();
        return undefined;
      }
      if (step.kind === 'record' && this.#takes(step.record)) return step.record;
      if (step.kind === 'segment' && step.first > this.#position) this.#passTo(step.first);
    }
  }

  /** Moves past the record; true when it is to be handed out. */
  #takes(record: LogRecord): boolean {
    const { sequence } = record;
    if (sequence < this.#position) return false;
    this.#passTo(sequence);
    const isResumed = this.#resumed !== undefined && sequence < this.#resumed.until;
    const isWanted = isResumed ? this.#resumed?.owes(sequence) === true : this.#parts.isOwed(record, this.#parts.name);
    const ahead = this.#ahead.get(sequence);
    this.#position = sequence + 1;
    this.#ahead.delete(sequence);
    this.dirty = true;
    if (ahead === 'settled' || !isWanted) return false;
    this.#owed.add(sequence);
    return ahead !== 'live';
  }

  /** Sequences that were skipped do not exist, or cannot be read any more. */
  #passTo(sequence: number): void {
    if (sequence > this.#position) {
      this.#unreadable(this.#resumed?.owedFrom(this.#position, sequence) ?? [], 'its place holds no record');
      for (const ahead of this.#ahead.keys()) if (ahead < sequence) this.#ahead.delete(ahead);
    }
    this.#position = sequence;
    this.dirty = true;
    if (this.#resumed !== undefined && sequence >= this.#resumed.until) this.#resumed = undefined;
  }

  #unreadable(sequences: readonly number[], reason: string): void {
    for (const sequence of sequences) {
      this.#owed.delete(sequence);
      this.deaths.forget(sequence);
      this.#parts.onLoss('unreadable', `record ${sequence}: ${reason}`);
    }
    this.dirty = true;
  }
}

import type { Logger } from '../../runtime/logger.ts';
import type { LetterIndex } from './letter-index.ts';
import type { LetterRoom } from './letter-room.ts';
import type { LogMetrics } from './log-metrics.ts';
import type { RecordContent } from './record.ts';
import type { Appended, SegmentLog } from './segment-log.ts';

interface IntakeParts {
  readonly log: SegmentLog;
  readonly index: LetterIndex;
  readonly room: LetterRoom;
  readonly logMetrics: LogMetrics;
  readonly logger: Logger;
}

interface Limits {
  readonly maxSize: number;
  readonly maxLetters: number;
  readonly whenFull: 'wait' | 'drop_oldest';
}

/** A segment goes as a whole: the more there are, the less goes at a time. */
export const LETTER_SEGMENTS = 16;

/**
 * Takes letters as long as there is room. Without room the next one is turned away (`wait`), so that whoever has it keeps it,
 * or takes the place of the oldest (`drop_oldest`).
 */
export class LetterIntake {
  readonly #parts: IntakeParts;
  /** One letter makes room at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  #arriving = 0;
  #isFull = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** The last letter was turned away. */
  get isFull(): boolean {
    return this.#isFull;
  }

  async append(content: RecordContent, limits: Limits): Promise<Appended> {
    const appended = await this.#append(content, limits);
    this.#tell(appended.kind === 'full');
    return appended;
  }

  /** The bound of their number, where the oldest go. */
  async limit({ maxLetters, whenFull }: Limits): Promise<void> {
    if (whenFull === 'wait') return;
    const { index, room } = this.#parts;
    while (index.size > maxLetters && (await room.evictOldest('number')));
  }

  async #append(content: RecordContent, limits: Limits): Promise<Appended> {
    const { log, index, logMetrics } = this.#parts;
    if (limits.whenFull === 'wait' && index.size + this.#arriving >= limits.maxLetters) {
      logMetrics.full.add(1);
      return { kind: 'full', reason: 'there are as many dead letters as there may be' };
    }
    this.#arriving++;
    try {
      const appended = await log.append(content);
      if (appended.kind !== 'full') return appended;
      const turn = this.#turn.then(() => this.#appendToFull(content, limits));
      this.#turn = turn;
      return await turn;
    } finally {
      this.#arriving--;
    }
  }

  /** Never rejects. Each file makes room once at most. */
  async #appendToFull(content: RecordContent, limits: Limits): Promise<Appended> {
    const { log, room } = this.#parts;
    let appended = await log.append(content);
    for (let files = log.segments.length; appended.kind === 'full' && files > 0; files--) {
      const isEvicting = limits.whenFull === 'drop_oldest';
      if (!isEvicting && !this.#hasSlack(content, limits)) return appended;
      if (!(await (isEvicting ? room.evictOldest('size') : room.rewriteOldest()))) return appended;
      appended = await log.append(content);
    }
    return appended;
  }

  /** Whether dropped letters have left a file's worth of bytes behind, beside what the new one needs. */
  #hasSlack({ body }: RecordContent, { maxSize }: Limits): boolean {
    return this.#parts.index.bytes() + body.length + maxSize / LETTER_SEGMENTS < maxSize;
  }

  #tell(isFull: boolean): void {
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    const { log, index, logger } = this.#parts;
    const size = { letters: index.size, bytes: log.bytes };
    if (!isFull) logger.info(size, 'The dead letters have room again.');
    else
      logger.error(
        size,
        'The dead letters are full. What backends refuse stays in the write-ahead log until letters are replayed or dropped, or forward.dead_letters allows more.',
      );
  }
}

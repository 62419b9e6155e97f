import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Appended } from './segment-log.ts';

interface TroubleParts {
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly size: () => { readonly bytes: number; readonly maxSize: number };
}

/** It has room again when it is that much below its size: small requests fit in before large ones do. */
const ROOM_AGAIN = 0.95;
/** A disk that has failed counts as failing for so long, unless it takes something: nobody may be sending. */
const FAILING_MS = 30_000;

/** Why the write-ahead log takes nothing, told once when that begins and once when it ends. */
export class LogTrouble {
  readonly #parts: TroubleParts;
  #kind: 'none' | 'full' | 'failed' = 'none';
  #reason = '';
  #failedAtMs = -Infinity;

  constructor(parts: TroubleParts) {
    this.#parts = parts;
  }

  /** What became of a request that was to be kept. */
  note(appended: Appended): void {
    const { folder, clock, logger, size } = this.#parts;
    const wasIn = this.#kind;
    if (appended.kind === 'kept') {
      if (wasIn === 'none' || (wasIn === 'full' && !this.#hasRoom())) return;
      this.#kind = 'none';
      logger.info({ folder, ...size() }, 'The write-ahead log takes requests again.');
      return;
    }
    this.#kind = appended.kind;
    this.#reason = appended.reason;
    if (appended.kind === 'failed') this.#failedAtMs = clock.monotonicMs();
    if (wasIn === appended.kind) return;
    logger.error({ folder, ...size(), reason: appended.reason }, TEXTS[appended.kind]);
  }

  /** In a sentence; `undefined` while all is well, or nothing is known of it any more. */
  get now(): string | undefined {
    const isFull = this.#kind === 'full' && !this.#hasRoom();
    const isFailing = this.#kind === 'failed' && this.#parts.clock.monotonicMs() - this.#failedAtMs < FAILING_MS;
    return isFull || isFailing ? `Nothing can be kept for backends that fail: ${this.#reason}.` : undefined;
  }

  #hasRoom(): boolean {
    const { bytes, maxSize } = this.#parts.size();
    return bytes <= ROOM_AGAIN * maxSize;
  }
}

const TEXTS = {
  full: 'The write-ahead log is full: senders are told to repeat what a backend does not take now. It gets free when backends take what it holds, or forward.write_ahead_log.max_size allows more.',
  failed: 'The disk does not take the write-ahead log: senders are told to repeat what a backend does not take now.',
};

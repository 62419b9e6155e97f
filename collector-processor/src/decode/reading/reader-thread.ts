import { Worker } from 'node:worker_threads';
import { messageOf } from '../../runtime/errors.ts';
import { type DecodeOptions } from '../decode-options.ts';
import { type ReadBody, type ReadReply, type ReadRequest } from './messages.ts';
import { type ReadingOptions } from './reading-options.ts';
import { lost, type ReadAway, type ReadingJob } from './reading.ts';
import { RemoteSymbols } from './remote-symbols.ts';

/** A thread as this one sees it. */
export type Thread = Pick<Worker, 'postMessage' | 'terminate' | 'unref'> & {
  on(event: 'message', listener: (reply: ReadReply) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
};

/** Bytes of new objects; small, so that they are looked at often. */
const YOUNG_MIB = 16;
const MIB = 1024 * 1024;

export function startThread(options: DecodeOptions, { maxHeap }: Pick<ReadingOptions, 'maxHeap'>): Thread {
  // The compiler does not rewrite the name inside a URL: in a clone the worker is TypeScript, in the image JavaScript.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new Worker(new URL(`./reading-worker.${extension}`, import.meta.url), {
    name: 'reading',
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(maxHeap / MIB), maxYoungGenerationSizeMb: YOUNG_MIB },
  });
}

/** `idle`: there was nothing to read; what its heap had grown to would stay resident otherwise. */
type EndCause = 'died' | 'hung' | 'stopped' | 'idle';

interface ReaderThreadParts {
  readonly thread: Thread;
  readonly timeout: number;
  readonly idleAfter: number;
  /** It is free for the next body. */
  readonly onFree: () => void;
  /** One body more, or less, that was read and not released. */
  readonly onHeld: (change: 1 | -1) => void;
  /** It has ended, and with it the body that it was reading, if any. `started`: it had been of use before. */
  readonly onEnd: (end: {
    readonly cause: EndCause;
    readonly reason: string;
    readonly started: boolean;
    readonly lostOne: boolean;
  }) => void;
}

/** One reading thread: one body at a time, within a time limit. */
export class ReaderThread {
  readonly #parts: ReaderThreadParts;
  #job: ReadingJob | undefined;
  #timer: NodeJS.Timeout | undefined;
  #symbols = new RemoteSymbols(0);
  #started = false;
  #ended = false;

  constructor(parts: ReaderThreadParts) {
    this.#parts = parts;
    const { thread } = parts;
    thread.on('message', (reply) => this.#take(reply));
    thread.on('error', (error) => this.#end('died', messageOf(error)));
    thread.on('exit', () => this.#end('died', 'it ended'));
    thread.unref();
  }

  get isFree(): boolean {
    return this.#job === undefined && !this.#ended;
  }

  run(job: ReadingJob): void {
    clearTimeout(this.#timer);
    this.#job = job;
    const { signal, encoding, payload } = job;
    const bytes = new Uint8Array(payload);
    this.#parts.thread.postMessage({ signal, encoding, bytes } satisfies ReadRequest, [bytes.buffer]);
    const { timeout } = this.#parts;
    this.#timer = setTimeout(() => this.#end('hung', `it took more than ${timeout} ms over a body`), timeout).unref();
  }

  stop(): void {
    this.#end('stopped', 'the program stops');
  }

  #take(reply: ReadReply): void {
    const job = this.#job;
    if (reply.kind === 'started') this.#started = true;
    else if (reply.kind === 'transcoded') job?.tellTranscoded({ kind: 'protobuf', bytes: reply.bytes });
    else if (job !== undefined && !this.#ended) {
      clearTimeout(this.#timer);
      this.#job = undefined;
      job.tellRead(reply.kind === 'read' ? this.#readBy(reply.body) : reply);
      this.#parts.onFree();
      if (this.isFree) this.#rest();
    }
  }

  #rest(): void {
    this.#timer = setTimeout(() => this.#end('idle', 'nothing to read'), this.#parts.idleAfter).unref();
  }

  #readBy(body: ReadBody): ReadAway {
    let isHeld = true;
    const release = (): void => {
      if (!isHeld) return;
      isHeld = false;
      // Freed at once: megabytes, and the collector would wait for a good deal more of them.
      body.memory.transfer(0);
      this.#parts.onHeld(-1);
    };
    this.#parts.onHeld(1);
    return { kind: 'read', body, symbols: this.#symbolsOf(body), release };
  }

  /** Bodies of an earlier generation may still wait for their turn, so that one stays as it is. */
  #symbolsOf(body: ReadBody): RemoteSymbols {
    const { generation } = body.symbols;
    if (generation !== this.#symbols.generation) this.#symbols = new RemoteSymbols(generation);
    this.#symbols.learn(body);
    return this.#symbols;
  }

  #end(cause: EndCause, reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    void this.#parts.thread.terminate();
    const lostOne = this.#job !== undefined;
    this.#job?.tellRead(lost);
    this.#job = undefined;
    this.#parts.onEnd({ cause, reason, started: this.#started, lostOne });
  }
}

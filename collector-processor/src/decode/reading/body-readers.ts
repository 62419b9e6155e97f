import { type ExportRequest } from '../../model/export-request.ts';
import { type Clock } from '../../runtime/clock.ts';
import { type Service } from '../../runtime/lifecycle.ts';
import { type Logger } from '../../runtime/logger.ts';
import { type SelfMetrics } from '../../runtime/self-metrics.ts';
import { type DecodeOptions } from '../decode-options.ts';
import { ReaderThread, startThread } from './reader-thread.ts';
import { createReadingMetrics, type Declined } from './reading-metrics.ts';
import { type ReadingOptions } from './reading-options.ts';
import { createJob, lost, type Reading, type ReadingJob } from './reading.ts';

/** After a thread that could not even start, no other is tried for this long. */
const REST_MS = 30_000;

interface BodyReadersParts {
  readonly options: DecodeOptions & { readonly reading: ReadingOptions };
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  readonly start?: typeof startThread;
}

export interface BodyReaders extends Service {
  /** Has a body read by another thread; `undefined` when it is to be read here, because it is small or there is no room. */
  read(request: Pick<ExportRequest, 'signal' | 'encoding' | 'payload'>): Reading | undefined;
}

/**
 * Threads that read large bodies, so that the main thread goes on serving others meanwhile: JSON to protobuf, bytes to columns.
 * A thread gets a copy of the bytes; the request keeps its own, and forwarding never waits for a thread but where
 * JSON has to be turned into protobuf first, which therefore comes before what is only to be scored. Threads start when
 * there is something to read and end when there is not; one that has died or hung is replaced the next time. The queue is bounded by `queueSize`; copies
 * are made when it is a body's turn, so that there are as many as threads.
 */
export function createBodyReaders({
  options,
  clock,
  logger,
  metrics,
  start = startThread,
}: BodyReadersParts): BodyReaders {
  const { reading, ...decode } = options;
  const { threads: most, minSize, minJsonSize, queueSize, timeout, idleAfter } = reading;
  const threads = new Set<ReaderThread>();
  const urgent: ReadingJob[] = [];
  const others: ReadingJob[] = [];
  /** Read and not scored yet: columns take more memory than the bytes they come from. */
  let held = 0;
  let restsUntilMs = -Infinity;
  let stopped = false;
  const queued = (): number => urgent.length + others.length;
  const count = createReadingMetrics(metrics, { threads: () => threads.size, queued, queueSize });

  function begin(): ReaderThread {
    const thread = new ReaderThread({
      thread: start(decode, reading),
      timeout,
      idleAfter,
      onFree: serve,
      onHeld(change) {
        held += change;
        if (change < 0) serve();
      },
      onEnd({ cause, reason, started, lostOne }) {
        threads.delete(thread);
        if (cause === 'idle') return;
        if (lostOne) count.lost[cause].add(1);
        if (cause === 'stopped') return;
        logger.warn({ cause, reason }, 'A thread that reads large bodies has ended; another takes its place.');
        if (!started) restsUntilMs = clock.monotonicMs() + REST_MS;
        serve();
      },
    });
    threads.add(thread);
    return thread;
  }

  function free(): ReaderThread | undefined {
    for (const thread of threads) if (thread.isFree) return thread;
    return threads.size < most && !isResting() ? begin() : undefined;
  }

  /** What is only to be scored waits until scoring has kept up. */
  function due(): ReadingJob[] {
    return urgent.length > 0 || held >= most ? urgent : others;
  }

  function serve(): void {
    while (!stopped && due().length > 0) {
      const thread = free();
      if (thread === undefined) break;
      const job = due().shift();
      if (job !== undefined) thread.run(job);
    }
    if (threads.size === 0 && isResting()) loseAll();
  }

  function loseAll(): void {
    for (const job of [...urgent.splice(0), ...others.splice(0)]) {
      count.lost[stopped ? 'stopped' : 'died'].add(1);
      job.tellRead(lost);
    }
  }

  function isResting(): boolean {
    return clock.monotonicMs() < restsUntilMs;
  }

  function declined(): Declined | undefined {
    if (queued() >= queueSize) return 'queue_full';
    return threads.size === 0 && isResting() ? 'resting' : undefined;
  }

  return {
    name: 'body readers',
    start: () => Promise.resolve(),
    stop() {
      stopped = true;
      for (const thread of [...threads]) thread.stop();
      loseAll();
      return Promise.resolve();
    },
    read(request) {
      const { payload, encoding } = request;
      if (payload.length < (encoding === 'json' ? minJsonSize : minSize) || most === 0 || stopped) return undefined;
      const why = declined();
      if (why !== undefined) {
        count.declined[why].add(1);
        return undefined;
      }
      const job = createJob(request);
      (encoding === 'json' ? urgent : others).push(job);
      count.away.add(1);
      serve();
      return job;
    },
  };
}

import { Worker } from 'node:worker_threads';
import type { Settings } from '../../config/schema.ts';
import type { ReadBody } from '../../decode/reading/messages.ts';
import { RemoteSymbols } from '../../decode/reading/remote-symbols.ts';
import type { Signal } from '../../model/signal.ts';
import type { RequestLog } from '../../publish/wal/request-log.ts';
import { type ErrorCode, messageOf, SentinelError } from '../../runtime/errors.ts';
import type { InOrder } from './in-order.ts';
import { kibOf } from './kib-of.ts';
import type { Addresses, FromIngest, IngestStart, IngestStatus, ToIngest, TravellingRequest } from './messages.ts';
import { ThreadLog } from './thread-log.ts';

/** What the main thread does with what ingest threads tell it. */
export interface IngestListener {
  /** The columns are of no use afterwards. */
  body(request: TravellingRequest, body: ReadBody, symbols: RemoteSymbols): void;
  unsettled(request: TravellingRequest, payload: Uint8Array): void;
  leftOut(signal: Signal, items: number): void;
}

interface IngestThreadParts {
  readonly start: Omit<IngestStart, 'done' | 'hasLog'>;
  readonly listener: IngestListener;
  /** Of all threads. */
  readonly order: InOrder;
  readonly log: RequestLog | undefined;
  /** It ended without being asked to. */
  readonly onEnd: (reason: string) => void;
  readonly monotonicMs: () => number;
}

/** One ingest thread as the main thread sees it. */
export class IngestThread {
  status: IngestStatus | undefined;
  /** When it was heard of last. */
  heardMs: number;
  readonly #parts: IngestThreadParts;
  readonly #worker: Worker;
  readonly #done = new Int32Array(new SharedArrayBuffer(4));
  readonly #started = Promise.withResolvers<Addresses>();
  readonly #stopped = Promise.withResolvers<undefined>();
  readonly #log: ThreadLog | undefined;
  #applied = Promise.withResolvers<Addresses>();
  #symbols = new RemoteSymbols(0);
  #ending = false;
  #reason = 'it ended';

  constructor(parts: IngestThreadParts) {
    this.#parts = parts;
    this.heardMs = parts.monotonicMs();
    // The compiler does not rewrite the name inside a URL: in a clone the worker is TypeScript, in the image JavaScript.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const workerData: IngestStart = { ...parts.start, done: this.#done, hasLog: parts.log !== undefined };
    this.#worker = new Worker(new URL(`./ingest-worker.${extension}`, import.meta.url), { name: 'ingest', workerData });
    if (parts.log !== undefined) this.#log = new ThreadLog(parts.log, (message) => this.#tell(message));
    this.#worker.on('message', (message: FromIngest) => this.#take(message));
    this.#worker.on('error', (error) => (this.#reason = messageOf(error)));
    // Behind all that it has told.
    this.#worker.on('exit', () => this.#end());
    for (const { promise } of [this.#started, this.#applied]) promise.catch(() => undefined);
  }

  /** Resolves when it listens; rejects when it cannot. */
  get started(): Promise<Addresses> {
    return this.#started.promise;
  }

  async apply(settings: Settings): Promise<Addresses> {
    this.#applied = Promise.withResolvers<Addresses>();
    this.#tell({ kind: 'apply', settings });
    return await this.#applied.promise;
  }

  /** Lets it drain; resolves when everything that it told has been taken in. */
  async stop(): Promise<void> {
    this.#ending = true;
    this.#tell({ kind: 'stop' });
    await this.#stopped.promise;
    await this.#worker.terminate();
  }

  /** Without waiting for anything. */
  async terminate(reason: string): Promise<void> {
    this.#reason = reason;
    await this.#worker.terminate();
  }

  #tell(message: ToIngest): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromIngest): void {
    const { listener, order, monotonicMs } = this.#parts;
    this.heardMs = monotonicMs();
    switch (message.kind) {
      case 'started':
        this.#started.resolve(message.addresses);
        break;
      case 'failed':
        this.#started.reject(new SentinelError(message.code as ErrorCode, message.message));
        break;
      case 'applied':
        if (message.problem === undefined) this.#applied.resolve(message.addresses);
        else this.#applied.reject(new Error(message.problem));
        break;
      case 'stopped':
        this.#stopped.resolve(undefined);
        break;
      case 'status':
        this.status = message.status;
        break;
      case 'body':
        order.take(message.number, () => this.#body(message.request, message.body));
        break;
      case 'unsettled':
        order.take(message.number, () => listener.unsettled(message.request, message.payload));
        break;
      case 'left_out':
        listener.leftOut(message.signal, message.items);
        break;
      case 'log':
        this.#log?.take(message.message);
        break;
    }
  }

  #body(request: TravellingRequest, body: ReadBody): void {
    const { generation } = body.symbols;
    const kib = kibOf(body.memory.byteLength);
    if (generation !== this.#symbols.generation) this.#symbols = new RemoteSymbols(generation);
    this.#symbols.learn(body);
    this.#parts.listener.body(request, body, this.#symbols);
    body.memory.transfer(0);
    Atomics.add(this.#done, 0, kib);
  }

  #end(): void {
    this.#log?.end();
    const fault = new SentinelError('SENTINEL_INTERNAL', `An ingest thread ended: ${this.#reason}`);
    this.#started.reject(fault);
    this.#applied.reject(fault);
    this.#stopped.resolve(undefined);
    if (!this.#ending) this.#parts.onEnd(this.#reason);
  }
}

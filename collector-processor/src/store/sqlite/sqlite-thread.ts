import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf, SentinelError } from '../../runtime/errors.ts';
import type { OpenReply, SqliteFile, SqliteValue, StatementReply, StatementRequest } from './messages.ts';

interface StatementResult {
  readonly rows: readonly unknown[];
  readonly changes: number;
}

/** The store's thread as seen from outside. `node:sqlite` blocks, so it never runs on the thread that forwards telemetry. */
export interface SqliteThread {
  execute(sql: string, parameters: readonly SqliteValue[]): Promise<StatementResult>;
  close(): Promise<void>;
}

export type OpenedThread =
  { readonly kind: 'opened'; readonly thread: SqliteThread } | Exclude<OpenReply, { readonly kind: 'opened' }>;

interface Waiting {
  readonly resolve: (result: StatementResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Carries SQLite's extended result code, so that a lock or a full disk can be told from a wrong statement. */
class SqliteFault extends SentinelError {
  readonly errcode: number;

  constructor(message: string, errcode: number) {
    super('SENTINEL_STORE_FAILED', message);
    this.errcode = errcode;
  }
}

export async function openSqliteThread(file: SqliteFile): Promise<OpenedThread> {
  // The compiler does not rewrite the name inside a URL: in a clone the worker is TypeScript, in the image JavaScript.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./sqlite-worker.${extension}`, import.meta.url), { workerData: file });
  try {
    const [reply] = (await once(worker, 'message')) as [OpenReply];
    if (reply.kind === 'opened') return { kind: 'opened', thread: createThread(worker) };
    await worker.terminate();
    return reply;
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) };
  }
}

function createThread(worker: Worker): SqliteThread {
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let ended: SentinelError | undefined;

  function end(reason: string): void {
    ended ??= new SentinelError('SENTINEL_STORE_FAILED', reason);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    worker.unref();
  }

  worker.on('message', (reply: StatementReply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if (reply.kind === 'rows') asked?.resolve(reply);
    else asked?.reject(new SqliteFault(reply.message, reply.errcode));
  });
  worker.on('error', (error) => end(`The store's thread failed: ${messageOf(error)}`));
  worker.on('exit', () => end("The store's thread has ended."));
  // An idle store keeps no process alive; a statement under way does.
  worker.unref();

  return {
    execute(sql, parameters) {
      if (ended !== undefined) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        const request: StatementRequest = { id: nextId++, sql, parameters };
        waiting.set(request.id, { resolve, reject });
        worker.ref();
        worker.postMessage(request);
      });
    },
    async close() {
      if (ended !== undefined) return;
      const exit = once(worker, 'exit');
      worker.ref();
      worker.postMessage('close');
      await exit;
    },
  };
}

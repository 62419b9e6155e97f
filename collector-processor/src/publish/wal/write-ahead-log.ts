import { join } from 'node:path';
import type { Clock } from '../../runtime/clock.ts';
import { codeOf, messageOf, SentinelError } from '../../runtime/errors.ts';
import type { Service } from '../../runtime/lifecycle.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { DeadLettersOptions, WriteAheadLogOptions } from '../forward-options.ts';
import { Backlog } from './backlog.ts';
import { countItems } from './count-items.ts';
import { DeadLetters } from './dead-letters.ts';
import type { Files } from './files.ts';
import { type KeptRequest, owedOf } from './kept-request.ts';
import { reopen, type Transcode } from './reopen.ts';

/** What Sentinel has promised and not yet delivered, and what it never will. */
export interface WriteAheadLog extends Service {
  readonly backlog: Backlog;
  readonly deadLetters: DeadLetters;
  /** Other limits from now on; the folder stays. */
  configure(options: WriteAheadLogOptions, deadLetters: DeadLettersOptions): void;
}

export interface WriteAheadLogParts {
  /** `path` is a folder; the log makes two in it. */
  readonly options: WriteAheadLogOptions;
  readonly deadLetters: DeadLettersOptions;
  /** OTLP/JSON to protobuf. */
  readonly transcode: Transcode;
  readonly files: Files;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/**
 * Outlives the forwarders of one configuration: starts before the first one and stops after the last. The folder is its own
 * meanwhile: the start throws SENTINEL_FOLDER_IN_USE, or SENTINEL_FOLDER_UNUSABLE when the disk refuses it.
 */
export function createWriteAheadLog({ options, deadLetters, transcode, ...common }: WriteAheadLogParts): WriteAheadLog {
  const { path } = options;
  const backlog = new Backlog({
    options: { ...options, folder: join(path, 'log') },
    isOwed: (record, backend) => owedOf(record).includes(backend),
    owedOf,
    ...common,
  });
  const letters = new DeadLetters({
    options: { ...deadLetters, maxSetAside: options.maxSetAside, folder: join(path, 'dead-letters') },
    countItems: (request) => itemsOf(request, transcode),
    ...common,
  });
  let unlock = (): void => undefined;
  return {
    name: 'write-ahead log',
    backlog,
    deadLetters: letters,
    configure(log, ofLetters) {
      backlog.configure(log);
      letters.configure({ ...ofLetters, maxSetAside: log.maxSetAside });
    },
    async start() {
      unlock = await claim(common.files, path);
      try {
        await backlog.start();
        await letters.start();
      } catch (error) {
        unlock();
        throw error;
      }
    },
    async stop() {
      try {
        await backlog.stop();
        await letters.stop();
      } finally {
        unlock();
      }
    },
  };
}

/** Makes the folder and takes it for this process alone. */
async function claim(files: Files, path: string): Promise<() => void> {
  try {
    await files.makeFolder(path);
    return await files.lock(path);
  } catch (error) {
    if (codeOf(error) === 'SENTINEL_FOLDER_IN_USE') throw error;
    const remedy = 'Set forward.write_ahead_log.path to a folder that this process may write to.';
    const message = `${path} cannot hold the write-ahead log: ${messageOf(error)}. ${remedy}`;
    throw new SentinelError('SENTINEL_FOLDER_UNUSABLE', message, { cause: error });
  }
}

async function itemsOf(request: KeptRequest, transcode: Transcode): Promise<number | undefined> {
  const opened = await reopen(request, transcode);
  return opened.kind === 'request' ? countItems(request.signal, opened.protobuf) : undefined;
}

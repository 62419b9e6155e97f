import { parentPort, workerData } from 'node:worker_threads';
import type { SqliteFile, StatementRequest } from './messages.ts';
import { openDatabase } from './statement-runner.ts';

const opened = openDatabase(workerData as SqliteFile);
if (opened.kind === 'opened') {
  const { runner } = opened;
  parentPort?.on('message', (message: StatementRequest | 'close') => {
    if (message === 'close') {
      runner.close();
      parentPort?.close();
    } else parentPort?.postMessage(runner.run(message));
  });
  parentPort?.postMessage({ kind: 'opened' });
} else parentPort?.postMessage(opened);

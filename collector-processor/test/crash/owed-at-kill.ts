import { cpSync, existsSync, rmSync } from 'node:fs';
import { transcode } from '../../src/decode/transcode.ts';
import { Backlog } from '../../src/publish/wal/backlog.ts';
import { fromRecord, owedOf } from '../../src/publish/wal/kept-request.ts';
import { nodeFiles } from '../../src/publish/wal/node-files.ts';
import { reopen } from '../../src/publish/wal/reopen.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { idsIn } from './ids.ts';

const SIZE = 1024 ** 3;

/** What the log on disk still counts as owed: `backend id` pairs that may be sent, or sent again. Reads a copy. */
export async function owedAtKill(folder: string): Promise<Set<string>> {
  const owed = new Set<string>();
  if (!existsSync(folder)) return owed;
  const copy = `${folder}.copy`;
  cpSync(folder, copy, { recursive: true });
  const backlog = new Backlog({
    options: { folder: copy, maxSize: SIZE, segmentSize: SIZE, maxSetAside: SIZE },
    files: nodeFiles,
    clock: systemClock,
    logger: silentLogger,
    metrics: createSelfMetrics(),
    isOwed: (record, backend) => owedOf(record).includes(backend),
    owedOf,
  });
  await backlog.start();
  for (const name of backlog.names) {
    const feed = backlog.feed(name);
    for (let record = await feed.next(); record !== undefined; record = await feed.next()) {
      const request = fromRecord(record);
      const opened = request === undefined ? undefined : await reopen(request, transcode);
      if (opened?.kind === 'request') for (const id of idsIn(opened.protobuf)) owed.add(`${name} ${id}`);
    }
  }
  await backlog.stop();
  rmSync(copy, { recursive: true });
  return owed;
}

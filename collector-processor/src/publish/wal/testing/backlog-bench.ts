import { setImmediate as nextTurn } from 'node:timers/promises';
import { silentLogger } from '../../../runtime/logger.ts';
import { createSelfMetrics } from '../../../runtime/self-metrics.ts';
import { createManualClock } from '../../grafana/testing/manual-clock.ts';
import { Backlog, type BacklogOptions } from '../backlog.ts';
import type { Stand } from '../feed-parts.ts';
import { owedOf } from '../kept-request.ts';
import { FOLDER } from './log-bench.ts';
import { MemoryFiles } from './memory-files.ts';

/** A write-ahead log on a disk in memory and a manual clock. */
export async function createBacklogBench(options: Partial<BacklogOptions> = {}, files = new MemoryFiles()) {
  const metrics = createSelfMetrics();
  const clock = createManualClock(1_000_000);
  const backlog = new Backlog({
    options: { folder: FOLDER, maxSize: 1_000_000, segmentSize: 100_000, maxSetAside: 1_000_000, ...options },
    files,
    clock,
    logger: silentLogger,
    metrics,
    isOwed: (record, name) => owedOf(record).includes(name),
    owedOf,
  });
  await backlog.start();

  /** `add('a', { loki: 'stored' })`. Resolves when it is decided. */
  async function add(text: string, owed: Readonly<Record<string, Exclude<Stand, 'not_owed'>>>): Promise<number> {
    const content = { description: { owed: Object.keys(owed) }, body: Buffer.from(text) };
    const { sequence, kept } = backlog.append(content, new Map(Object.entries(owed)));
    await kept;
    return sequence;
  }

  /** Texts of all that the feed hands out now. */
  async function handedOut(name: string): Promise<string[]> {
    const texts: string[] = [];
    for (let found = await backlog.feed(name).next(); found !== undefined; found = await backlog.feed(name).next()) {
      texts.push(Buffer.from(found.body).toString());
    }
    return texts;
  }

  /** Lets the log tidy up. */
  async function tidy(times = 1): Promise<void> {
    for (let time = 0; time < times; time++) {
      clock.advance(250);
      for (let turn = 0; turn < 4; turn++) await nextTurn();
    }
  }

  const sample = (name: string): number =>
    metrics
      .samples()
      .filter((found) => found.name === name)
      .reduce((sum, { value }) => sum + value, 0);

  return {
    backlog,
    files,
    clock,
    add,
    handedOut,
    tidy,
    sample,
    /** The next process, after a power cut. */
    async crash(next: Partial<BacklogOptions> = {}) {
      const after = new MemoryFiles();
      files.losePower();
      for (const [path, { bytes, synced }] of files.stored)
        after.stored.set(path, { bytes: Buffer.from(bytes), synced });
      return createBacklogBench({ ...options, ...next }, after);
    },
  };
}

import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../runtime/clock.ts';
import { codeOf, messageOf } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { restoreSnapshot, saveSnapshot, type Snapshotted } from './snapshot.ts';

export interface SnapshotOptions {
  /** Empty: nothing is kept. */
  readonly path: string;
  /** Milliseconds. */
  readonly interval: number;
}

export interface SnapshotKeeperParts {
  readonly options: SnapshotOptions;
  readonly state: Snapshotted;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/**
 * Keeps what has been learned in a file: written beside the old one, synced and renamed, so that there is always a whole
 * one. Only its owner can read it: names and lines of telemetry are in it. What cannot be read or written is logged and counted; scoring starts fresh or goes on.
 */
export interface SnapshotKeeper {
  restore(): Promise<void>;
  saveIfDue(): Promise<void>;
  save(): Promise<void>;
}

export function createSnapshotKeeper({ options, state, clock, logger, metrics }: SnapshotKeeperParts): SnapshotKeeper {
  const { path, interval } = options;
  const count = (outcome: string) =>
    metrics.counter({
      name: 'sentinel_snapshots_total',
      help: 'Snapshots of learned state, by outcome.',
      labels: { outcome },
    });
  const counts = {
    saved: count('saved'),
    failed: count('failed'),
    restored: count('restored'),
    unusable: count('unusable'),
  };
  let savedAt = clock.monotonicMs();

  async function write(): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // A file that a killed process left there would keep its own rights.
    await rm(`${path}.new`, { force: true });
    const file = await open(`${path}.new`, 'wx', 0o600);
    try {
      for (const piece of saveSnapshot(state, clock.nowMs())) await file.write(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  }

  async function save(): Promise<void> {
    if (path === '') return;
    savedAt = clock.monotonicMs();
    try {
      await write();
      counts.saved.add(1);
    } catch (error) {
      counts.failed.add(1);
      logger.warn({ path, error: messageOf(error) }, 'What was learned could not be written.');
    }
  }

  async function read(): Promise<Uint8Array | undefined> {
    try {
      return await readFile(path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      counts.unusable.add(1);
      logger.warn({ path, error: messageOf(error) }, 'What was learned could not be read; learning starts fresh.');
      return undefined;
    }
  }

  return {
    save,
    async saveIfDue() {
      if (clock.monotonicMs() - savedAt >= interval) await save();
    },
    async restore() {
      const file = path === '' ? undefined : await read();
      if (file === undefined) return;
      const outcome = restoreSnapshot(state, file);
      if (outcome.kind === 'fresh') {
        counts.unusable.add(1);
        logger.warn(
          { path, reason: outcome.reason },
          'The snapshot of what was learned is not used; learning starts fresh.',
        );
        return;
      }
      counts.restored.add(1);
      const { series, templates, leftOut, templatesFresh: reason } = outcome;
      logger.info({ path, series, templates, leftOut }, 'What was learned before is used again.');
      if (reason !== undefined)
        logger.warn({ path, reason }, 'Log templates of the snapshot are not used; they are learned anew.');
    },
  };
}

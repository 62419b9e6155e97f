import { transcode } from '../../../decode/transcode.ts';
import { systemClock } from '../../../runtime/clock.ts';
import { silentLogger } from '../../../runtime/logger.ts';
import { createSelfMetrics } from '../../../runtime/self-metrics.ts';
import { forwardOptions } from '../../../testing/forward-options.ts';
import { createForwarderUnderTest } from '../../testing/forwarder-under-test.ts';
import { createWriteAheadLog } from '../write-ahead-log.ts';
import { MemoryFiles } from './memory-files.ts';

type Settings = Readonly<Record<string, unknown>>;

/** A forwarder with a write-ahead log on a disk in memory, started. */
export async function startKeptForwarder(
  backends: Readonly<Record<string, Settings>>,
  log: Settings = {},
  files = new MemoryFiles(),
) {
  const forward = { write_ahead_log: { slow_after: '50ms', ...log }, drain_timeout: '100ms' };
  const options = forwardOptions(forward);
  const wal = createWriteAheadLog({
    options: { ...options.writeAheadLog, path: '/wal' },
    deadLetters: options.deadLetters,
    transcode,
    files,
    clock: systemClock,
    logger: silentLogger,
    metrics: createSelfMetrics(),
  });
  let under = createForwarderUnderTest(backends, forward, wal);
  await wal.start();
  await under.forwarder.start();
  let stopped = false;

  /** As a reload does it: the next one starts before the last one stops. */
  async function reload(next: Readonly<Record<string, Settings>>): Promise<void> {
    const { forwarder } = under;
    under = createForwarderUnderTest(next, forward, wal);
    await under.forwarder.start();
    await forwarder.stop();
  }

  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    await under.forwarder.stop();
    await wal.stop();
  }

  return { ...under, wal, files, reload, stop };
}

import { transcode } from '../../decode/transcode.ts';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { forwardOptions } from '../../testing/forward-options.ts';
import { DeliveredMemory } from '../delivered-memory.ts';
import { createForwarder } from '../forwarder.ts';
import type { WriteAheadLog } from '../wal/write-ahead-log.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Fast enough for tests on real sockets. */
const impatient: Settings = {
  timeout: '5s',
  retry: { initial_interval: '10ms', max_interval: '20ms', max_elapsed: '500ms' },
  breaker: { consecutive_failures: 1000, min_requests: 1000 },
};

/** A forwarder on the system's clock; backends by name, with settings as in the file. */
export function createForwarderUnderTest(
  backends: Readonly<Record<string, Settings>>,
  forward: Settings = {},
  log?: WriteAheadLog,
) {
  const patient = Object.fromEntries(Object.entries(backends).map(([name, own]) => [name, { ...impatient, ...own }]));
  const metrics = createSelfMetrics();
  const options = forwardOptions({ drain_timeout: '1s', ...forward, backends: patient });
  const memory = new DeliveredMemory(options.rememberDelivered, metrics);
  const forwarder = createForwarder({
    options,
    memory,
    log,
    transcode,
    clock: systemClock,
    logger: silentLogger,
    metrics,
  });
  const sample = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    metrics
      .samples()
      .filter(
        (found) => found.name === name && Object.entries(labels).every(([key, value]) => found.labels[key] === value),
      )
      .reduce((sum, { value }) => sum + value, 0);
  return { forwarder, sample };
}

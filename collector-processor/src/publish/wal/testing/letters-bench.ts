import { silentLogger } from '../../../runtime/logger.ts';
import { createSelfMetrics } from '../../../runtime/self-metrics.ts';
import { createManualClock } from '../../grafana/testing/manual-clock.ts';
import { type DeadLetterOptions, DeadLetters } from '../dead-letters.ts';
import type { KeptRequest } from '../kept-request.ts';
import { MemoryFiles } from './memory-files.ts';

export const aRequest = (text: string, changes: Partial<KeptRequest> = {}): KeptRequest => ({
  signal: 'logs',
  encoding: 'protobuf',
  compression: 'identity',
  body: Buffer.from(text),
  headers: { 'x-scope-orgid': 'acme' },
  tenant: 'acme',
  receivedAtMs: 5,
  owed: ['loki'],
  ...changes,
});

/** Dead letters on a disk in memory and a manual clock; `restart` is the next process on the same disk. */
export async function createLettersBench(
  options: Partial<DeadLetterOptions> = {},
  files = new MemoryFiles(),
  clock = createManualClock(1_000_000),
) {
  const metrics = createSelfMetrics();
  const letters = new DeadLetters({
    options: {
      folder: '/letters',
      maxSize: 1_000_000,
      maxLetters: 1000,
      maxAge: 3_600_000,
      whenFull: 'wait',
      maxSetAside: 1_000_000,
      ...options,
    },
    countItems: ({ body }) => Promise.resolve(body.length),
    files,
    clock,
    logger: silentLogger,
    metrics,
  });
  await letters.start();

  return {
    letters,
    files,
    clock,
    metrics,
    /** The id of the new letter; the empty string when it was not taken. */
    async add(text: string, reason = 'no'): Promise<string> {
      const taken = await letters.add(aRequest(text), { backend: 'loki', reason });
      return taken ? (letters.list()[0]?.id ?? '') : '';
    },
    texts: async () => {
      const found = await Promise.all(letters.list().map(({ id }) => letters.get(id)));
      return found.map((each) => Buffer.from(each?.request.body ?? []).toString());
    },
    segments: () => files.names().filter((name) => name.endsWith('.wal')),
    count: (name: string, labels: Readonly<Record<string, string>> = {}) =>
      metrics.counter({ name: `sentinel_dead_letters_${name}`, help: '', labels }).value,
    async restart() {
      await letters.stop();
      return createLettersBench(options, files, clock);
    },
  };
}

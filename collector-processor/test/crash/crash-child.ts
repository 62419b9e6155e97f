/**
 * One life of receivers, forwarder and write-ahead log, to be ended by kill -9. Its disk is recorded. Asked to `settle` it
 * answers with its dead letters once the log holds nothing any more; told to `go` its disk begins to have moods.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { transcode } from '../../src/decode/transcode.ts';
import { DeliveredMemory } from '../../src/publish/delivered-memory.ts';
import { createForwarder } from '../../src/publish/forwarder.ts';
import { reopen } from '../../src/publish/wal/reopen.ts';
import { createWriteAheadLog } from '../../src/publish/wal/write-ahead-log.ts';
import { systemClock as clock } from '../../src/runtime/clock.ts';
import { silentLogger as logger } from '../../src/runtime/logger.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { forwardOptions } from '../../src/testing/forward-options.ts';
import { createRandom } from '../../src/testing/random.ts';
import { startCrashReceivers } from './crash-receivers.ts';
import { idsIn } from './ids.ts';
import { createRecordingFiles, type DiskMood } from './recording-files.ts';
import { type Unanswered, watchUnanswered } from './unanswered.ts';

export interface ChildOptions {
  readonly folder: string;
  readonly ledger: string;
  readonly attic: string;
  readonly seed: number;
  readonly syncs: boolean;
  readonly diskMoods: readonly DiskMood[];
  readonly forward: Readonly<Record<string, unknown>>;
  /** Ingest threads; now and then one of them dies. */
  readonly workers: number;
  /** Bytes of the volume; beyond them there is no space left. */
  readonly volume?: number;
}

export type Order = 'settle' | 'go' | { readonly forward: ChildOptions['forward'] };

export type ChildMessage =
  | { readonly kind: 'reloaded' }
  | { readonly kind: 'ready'; readonly url: string }
  | ({ readonly kind: 'unanswered' } & Unanswered)
  | {
      readonly kind: 'settled';
      readonly letters: readonly { readonly backend: string; readonly ids: readonly string[] }[];
    };

/** In each of the child's moods. */
const THREAD_DEATH = 0.1;
const options = JSON.parse(process.argv[2] ?? '') as ChildOptions;
const random = createRandom(options.seed).next;
const { files, disk } = createRecordingFiles({ ...options, random });
const settings = forwardOptions(options.forward);
const metrics = createSelfMetrics();
const log = createWriteAheadLog({
  options: { ...settings.writeAheadLog, path: options.folder },
  deadLetters: settings.deadLetters,
  transcode,
  files,
  clock,
  logger,
  metrics,
});
const memory = new DeliveredMemory(settings.rememberDelivered, metrics);
let forwarder = createForwarder({ options: settings, memory, log, transcode, clock, logger, metrics });
await log.start();
await forwarder.start();
const receivers = await startCrashReceivers({
  ...options,
  forwarder: { forward: (request, protobuf) => forwarder.forward(request, protobuf) },
  log,
});
process.on(
  'message',
  (told: Order) => void (told === 'settle' ? settle() : told === 'go' ? haveMoods() : reload(told)),
);
process.on('disconnect', () => process.exit());
watchUnanswered((unanswered) => say({ kind: 'unanswered', ...unanswered }));
say({ kind: 'ready', url: `http://127.0.0.1:${receivers.port}/v1/logs` });

async function haveMoods(): Promise<void> {
  for (;;) {
    if (random() < THREAD_DEATH) receivers.killThread(Math.floor(random() * options.workers));
    disk.mood = options.diskMoods[Math.floor(random() * options.diskMoods.length)] ?? 'good';
    await delay(20 + random() * 150);
  }
}

/** As the running program does it: the next forwarder starts before the last one stops. */
async function reload({ forward }: Exclude<Order, string>): Promise<void> {
  const last = forwarder;
  const options = forwardOptions(forward);
  const next = createForwarder({ options, memory, log, transcode, clock, logger, metrics });
  await next.start();
  forwarder = next;
  say({ kind: 'reloaded' });
  await last.stop();
}

async function settle(): Promise<void> {
  while (!log.backlog.names.every((name) => log.backlog.feed(name).isSettled)) await delay(10);
  const letters = [];
  for (const { id, backend } of log.deadLetters.list()) {
    const found = await log.deadLetters.get(id);
    const opened = found === undefined ? undefined : await reopen(found.request, transcode);
    if (opened?.kind === 'request') letters.push({ backend, ids: idsIn(opened.protobuf) });
  }
  say({ kind: 'settled', letters });
}

function say(message: ChildMessage): void {
  process.send?.(message);
}

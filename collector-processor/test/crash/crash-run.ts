import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom, type Random } from '../../src/testing/random.ts';
import { Life } from './child-process.ts';
import type { ChildOptions } from './crash-child.ts';
import { Doubts } from './doubts.ts';
import type { Loaded, Reckoned } from './loaded.ts';
import { cutPower } from './power-cut.ts';
import type { DiskMood } from './recording-files.ts';
import { type Sent, startSenders } from './senders.ts';
import { MoodySink } from './sinks.ts';

export interface CrashTotals {
  rounds: number;
  acknowledged: number;
  /** Acknowledged, and neither at a sink nor in its dead letters. */
  lost: number;
  /** Taken more than once by a sink, over all sinks. */
  duplicated: number;
  /** Of these: never in doubt, neither at a kill nor for want of an answer. There must be none. */
  duplicatedWithoutCause: number;
  deadLetters: number;
}

interface RunOptions {
  readonly rounds: number;
  readonly seed: number;
  /** False: a control run without fdatasync, in which something must be lost. */
  readonly syncs: boolean;
  /** Ingest threads; 0 for none. */
  readonly workers: number;
  readonly tell: (line: string) => void;
}

const diskMoods: readonly DiskMood[] = ['good', 'good', 'good', 'full', 'broken', 'slow'];

/** Rounds of load, reload, kill -9, power cut, restart and reckoning, over one folder and three backends, one of them not always configured. */
export async function runCrashes({ rounds, seed, syncs, workers, tell }: RunOptions): Promise<CrashTotals> {
  const random = createRandom(seed);
  const root = mkdtempSync(join(tmpdir(), 'sentinel-crash-'));
  const sinks = [];
  for (let count = 0; count < 3; count++) sinks.push(await MoodySink.start(random.next));
  const run = new CrashRun({ root, sinks, random, syncs, workers });
  try {
    for (let round = 1; round <= rounds; round++) tell(await run.round(round));
    return run.totals;
  } finally {
    await run.end();
    for (const { sink } of sinks) await sink.close();
    rmSync(root, { recursive: true, force: true });
  }
}

interface CrashRunParts {
  readonly root: string;
  readonly sinks: readonly MoodySink[];
  readonly random: Random;
  readonly syncs: boolean;
  readonly workers: number;
}

class CrashRun {
  readonly totals: CrashTotals = {
    rounds: 0,
    acknowledged: 0,
    lost: 0,
    duplicated: 0,
    duplicatedWithoutCause: 0,
    deadLetters: 0,
  };
  readonly #parts: CrashRunParts;
  readonly #folder: string;
  readonly #doubts: Doubts;
  #life: Life | undefined;
  /** Backends of the settings now. */
  #configured = 3;

  constructor(parts: CrashRunParts) {
    this.#parts = parts;
    this.#folder = join(parts.root, 'wal');
    this.#doubts = new Doubts(parts.sinks);
  }

  /** Load until the kill, then a new life that brings everything home. The line tells of it. */
  async round(round: number): Promise<string> {
    const { random, sinks } = this.#parts;
    const life = (this.#life ??= await this.#begin());
    life.go();
    const { sent, owedTo } = await this.#load(life, round);
    await this.#cut();
    await this.#doubts.killed(join(this.#folder, 'log'));
    this.#doubts.unresolved(sent.unresolved);
    if (random.oneIn(4)) await this.#killWhileDraining();
    for (const sink of sinks) sink.becomeGood();
    this.#life = await this.#begin();
    const letters = await this.#life.settle();
    const missing = this.#reckon(sent, { letters, owedTo });
    const lost = missing.length === 0 ? 'none lost' : `LOST ${missing.join(', ')}`;
    return `round ${round}: ${sent.acknowledged.length} acknowledged, ${lost}, ${letters.length} dead letters`;
  }

  async end(): Promise<void> {
    await this.#life?.kill();
  }

  /** One backend may be added, or removed, while requests are under way. */
  async #load(life: Life, round: number): Promise<Loaded> {
    const { random, sinks, syncs } = this.#parts;
    // Ingest threads have their settings from the beginning.
    const mayReload = this.#parts.workers === 0;
    this.#configured = mayReload ? random.pick([2, 3]) : 3;
    const before = this.#configured;
    if (before === 2) await life.reload(this.#forward());
    const stopped = new AbortController();
    const sending = startSenders({
      url: life.url,
      prefix: `${round.toString(36)}x`,
      random: random.next,
      stopped: stopped.signal,
    });
    const reload = { at: mayReload ? random.integer(4) : -1, beganMs: Infinity, endedMs: Infinity };
    for (let moods = 1 + random.integer(8); moods > 0; moods--) {
      if (moods === reload.at) {
        reload.beganMs = performance.now();
        await this.#exchange(life);
        reload.endedMs = performance.now();
        if (await this.#maybeWaitALittle()) break;
      }
      for (const sink of sinks) sink[syncs ? 'changeMood' : 'becomeDead']();
      await Promise.all([delay(random.next() * 150), moods === 1 && sending.fairlyMany()]);
    }
    await life.kill();
    stopped.abort();
    const after = this.#configured;
    this.#configured = 3;
    return {
      sent: await sending.sent,
      owedTo({ beganMs, endedMs }) {
        if (endedMs < reload.beganMs) return before;
        return beganMs > reload.endedMs ? after : Math.min(before, after);
      },
    };
  }

  async #exchange(life: Life): Promise<void> {
    this.#configured = this.#configured === 3 ? 2 : 3;
    await life.reload(this.#forward());
  }

  /** True: the kill comes before what a reload has changed was looked at again. */
  async #maybeWaitALittle(): Promise<boolean> {
    const { random, sinks } = this.#parts;
    if (!random.oneIn(2)) return false;
    sinks.at(-1)?.becomeDead();
    await delay(random.next() * 200);
    return true;
  }

  async #cut(): Promise<void> {
    await this.#life?.kill();
    this.#life = undefined;
    const { root, random, syncs } = this.#parts;
    const folders = ['log', 'dead-letters'].map((name) => join(this.#folder, name));
    cutPower({ folders, ledger: join(root, 'ledger'), random: syncs ? random.next : () => 0 });
    rmSync(join(root, 'attic'), { recursive: true, force: true });
  }

  async #killWhileDraining(): Promise<void> {
    const { random, sinks } = this.#parts;
    for (const sink of sinks) sink.becomeGood();
    this.#life = await this.#begin();
    await delay(random.next() * 60);
    await this.#cut();
  }

  #begin(): Promise<Life> {
    const { root, random, syncs, workers } = this.#parts;
    const options: ChildOptions = {
      folder: this.#folder,
      ledger: join(root, 'ledger'),
      attic: join(root, 'attic'),
      seed: random.integer(2 ** 31),
      syncs,
      diskMoods: syncs ? diskMoods : ['good'],
      ...(random.oneIn(3) ? { volume: 60 * 1024 } : {}),
      forward: this.#forward(),
      workers,
    };
    return Life.begin(options, (unanswered) => this.#doubts.unanswered(unanswered));
  }

  #forward(): Readonly<Record<string, unknown>> {
    const { random, sinks } = this.#parts;
    const backend = {
      timeout: random.pick(['400ms', '2s']),
      max_in_flight: 4,
      retry: { initial_interval: '10ms', max_interval: '50ms', max_elapsed: '150ms' },
      breaker: { consecutive_failures: 5, open_for: '50ms' },
    };
    return {
      backends: Object.fromEntries(
        sinks
          .slice(0, this.#configured)
          .map(({ sink }, index) => [`otlphttp/${index}`, { ...backend, endpoint: sink.httpUrl }]),
      ),
      write_ahead_log: {
        mode: random.pick(['on_trouble', 'always']),
        slow_after: '40ms',
        max_size: random.pick(['32KiB', '1MiB', '1MiB']),
        segment_size: '4KiB',
      },
    };
  }

  #names(): string[] {
    return this.#parts.sinks.map((_, index) => `otlphttp/${index}`);
  }

  #reckon(sent: Sent, { letters, owedTo }: Reckoned): string[] {
    const { totals } = this;
    const dead = new Set(letters.flatMap(({ backend, ids }) => ids.map((id) => `${backend} ${id}`)));
    const missing = sent.acknowledged.flatMap(({ id, ...times }) =>
      this.#names()
        .slice(0, owedTo(times))
        .flatMap((name, index) => {
          const isSafe = this.#parts.sinks[index]?.taken.has(id) === true || dead.has(`${name} ${id}`);
          return isSafe ? [] : [`${name} ${id}`];
        }),
    );
    totals.rounds++;
    totals.acknowledged += sent.acknowledged.length;
    totals.lost += new Set(missing.map((pair) => pair.split(' ')[1])).size;
    totals.deadLetters = letters.length;
    const twice = this.#names().flatMap((name, index) =>
      [...(this.#parts.sinks[index]?.taken ?? [])].filter(([, times]) => times > 1).map(([id]) => `${name} ${id}`),
    );
    totals.duplicated = twice.length;
    totals.duplicatedWithoutCause = twice.filter((pair) => !this.#doubts.has(pair)).length;
    return missing;
  }
}

import type { Clock } from '../../src/runtime/clock.ts';
import type { Fault } from '../faults/fault.ts';
import type { ShopControls } from '../shop/shop.ts';
import type { Injection } from './injection.ts';
import type { Step } from './schedule.ts';

/** A fault whose incident does not end is left behind after this. */
const SETTLE_MS = 60_000;

export interface DirectorOptions {
  readonly shop: ShopControls;
  readonly clock: Clock;
  readonly abort: AbortSignal;
  readonly onInjected: (injection: Injection) => void;
  readonly onEnded: (injection: Injection) => void;
  /** Resolves when nothing of the fault goes on any more. */
  readonly settled: (abort: AbortSignal) => Promise<void>;
  /** The shop could not be brought into or out of the fault. */
  readonly onFailed: (fault: Fault, error: unknown) => void;
}

export type InjectOutcome = { readonly kind: 'accepted' } | { readonly kind: 'busy'; readonly running: Fault };

export interface Director {
  /** Injects at once, unless another fault lasts or is being worked off. */
  inject(fault: Fault): InjectOutcome;
  /** Follows a schedule; a fault that was asked for meanwhile goes first. Resolves at the end or on abort. */
  follow(steps: readonly Step[]): Promise<void>;
}

/** Puts faults into the shop and takes them out again, one at a time. */
export function createDirector({
  shop,
  clock,
  abort,
  onInjected,
  onEnded,
  settled,
  onFailed,
}: DirectorOptions): Director {
  let running: Fault | undefined;
  let done: Promise<void> = Promise.resolve();
  let count = 0;

  async function play(fault: Fault): Promise<void> {
    await fault.inject(shop);
    count += 1;
    const injection: Injection = { id: `${fault.name}-${count}`, fault, startMs: clock.nowMs() };
    onInjected(injection);
    await clock.sleep(fault.durationMs, abort);
    if (abort.aborted) return;
    await fault.recover(shop);
    onEnded({ ...injection, endMs: clock.nowMs() });
    await clock.sleep(fault.recoveryMs, abort);
    const patience = new AbortController();
    await Promise.race([settled(AbortSignal.any([abort, patience.signal])), clock.sleep(SETTLE_MS, abort)]);
    patience.abort();
  }

  async function run(fault: Fault): Promise<void> {
    running = fault;
    try {
      await play(fault);
    } catch (error) {
      onFailed(fault, error);
    }
    running = undefined;
  }

  return {
    inject(fault) {
      if (running !== undefined) return { kind: 'busy', running };
      done = run(fault);
      return { kind: 'accepted' };
    },
    async follow(steps) {
      for (const { fault, waitMs } of steps) {
        await clock.sleep(waitMs, abort);
        while (running !== undefined) await done;
        if (abort.aborted) return;
        done = run(fault);
        await done;
      }
    },
  };
}

import type { Clock } from '../../runtime/clock.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { type Duty, DutyLost, type DutyState } from '../duty.ts';
import type { LeaseOptions } from '../store-options.ts';
import { type Hold, type LeaseRecord, verifyLease } from './lease-record.ts';

export interface LeaseParts {
  /** Over a connection of its own: nothing may stand before a renewal. */
  readonly record: LeaseRecord;
  readonly options: LeaseOptions;
  /** Names this process, and no other that ever was. */
  readonly holder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export interface Lease extends Duty {
  /** Resolves after the first attempt to take it. Rejects when the database does not answer. */
  start(): Promise<void>;
  /** Gives it back. */
  stop(): Promise<void>;
}

/** Part of the duration after which a holder that could not renew stops by itself, before anybody can have taken over. */
const FENCE_SHARE = 0.9;
/** A lease is asked for that much after its end, so that the server agrees that it is over. */
const MARGIN_MS = 10;
const PAUSE_AFTER_FAULT_MS = 1000;

export const leaseMetrics = {
  faults: {
    name: 'sentinel_lease_faults_total',
    help: 'Attempts to take or renew the lease that PostgreSQL did not answer.',
  },
  changes: {
    name: 'sentinel_lease_changes_total',
    help: 'Changes of what this process is to the others on the same PostgreSQL.',
  },
  active: { name: 'sentinel_lease_active', help: '1 when this process is the active one; PostgreSQL only.' },
  epoch: { name: 'sentinel_lease_epoch', help: 'Take-overs so far, as this process knows; PostgreSQL only.' },
};

/**
 * Holds, or waits for, the right to be the active process. Two fences keep two from being active at once:
 *
 * - here: duties end at 90 % of the duration, by the monotonic clock, counted from the beginning of the last renewal that
 *   succeeded; the server counts from its end;
 * - in the database (`permit`): whoever was paused for so long that it did not notice cannot write after a take-over.
 *
 * The one that waits asks again when the lease is due to end, and at least as often as it would renew it.
 */
export function createLease({ record, options, holder, clock, logger, metrics }: LeaseParts): Lease {
  const { duration, renewEvery } = options;
  const stopped = new AbortController();
  const listeners: ((state: DutyState, before: DutyState) => void)[] = [];
  let hold: Hold | undefined;
  let fenceAtMs = -Infinity;
  let told: DutyState = 'standby';
  let activeHolder = '';
  let armed = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const faults = metrics.counter(leaseMetrics.faults);
  const changes = (to: DutyState) => metrics.counter({ ...leaseMetrics.changes, labels: { to } });
  const counted = { active: changes('active'), suspended: changes('suspended'), standby: changes('standby') };
  metrics.gauge(leaseMetrics.active, () => (state() === 'active' ? 1 : 0));
  metrics.gauge(leaseMetrics.epoch, () => hold?.epoch ?? 0);

  function state(): DutyState {
    if (hold === undefined) return 'standby';
    return clock.monotonicMs() < fenceAtMs ? 'active' : 'suspended';
  }

  /** Listeners hear of a change once, in order. */
  function settle(): void {
    const now = state();
    if (now === told) return;
    const before = told;
    told = now;
    counted[now].add(1);
    const facts = { from: before, to: now, holder, active: activeHolder, epoch: hold?.epoch };
    logger[now === 'active' ? 'info' : 'warn'](facts, sentences[now]);
    for (const listener of listeners) listener(now, before);
  }

  /** Duties go on until the fence, and end there although nothing else happens. */
  function extend(beganMs: number): void {
    fenceAtMs = beganMs + duration * FENCE_SHARE;
    armed.abort();
    armed = new AbortController();
    const { signal } = armed;
    void clock.sleep(Math.max(0, fenceAtMs - clock.monotonicMs()), signal).then(() => {
      if (!signal.aborted) settle();
    });
    settle();
  }

  function lose(): void {
    hold = undefined;
    armed.abort();
    settle();
  }

  /** Milliseconds until the next attempt. */
  async function attempt(): Promise<number> {
    const beganMs = clock.monotonicMs();
    if (hold !== undefined) {
      const renewed = await record.renew(hold, duration);
      if (renewed) extend(beganMs);
      else lose();
      return renewed ? Math.max(0, renewEvery - (clock.monotonicMs() - beganMs)) : 0;
    }
    const taken = await record.take(holder, duration);
    if (taken.kind === 'held') {
      activeHolder = taken.by;
      return Math.min(renewEvery, taken.leftMs + MARGIN_MS);
    }
    activeHolder = holder;
    hold = taken.hold;
    extend(beganMs);
    return renewEvery;
  }

  async function attemptOrPause(): Promise<number> {
    try {
      return await attempt();
    } catch (error) {
      faults.add(1);
      logger.warn({ error: messageOf(error) }, 'The lease could not be asked for or renewed. It is tried again.');
      return Math.min(PAUSE_AFTER_FAULT_MS, renewEvery);
    }
  }

  async function run(firstPauseMs: number): Promise<void> {
    const isStopped = (): boolean => stopped.signal.aborted;
    await clock.sleep(firstPauseMs, stopped.signal);
    while (!isStopped()) await clock.sleep(await attemptOrPause(), stopped.signal);
  }

  return {
    state,
    holder: () => (state() === 'active' ? holder : activeHolder),
    onChange: (listener) => void listeners.push(listener),
    permit() {
      const held = hold;
      if (held === undefined || state() !== 'active') return undefined;
      return {
        async verify(transaction) {
          try {
            await verifyLease(transaction, held);
          } catch (error) {
            if (error instanceof DutyLost && hold === held) lose();
            throw error;
          }
        },
      };
    },
    async start() {
      running = run(await attempt());
    },
    async stop() {
      stopped.abort();
      await running;
      armed.abort();
      const held = hold;
      hold = undefined;
      if (held === undefined) return;
      try {
        await record.release(held);
      } catch (error) {
        faults.add(1);
        logger.warn({ error: messageOf(error) }, 'The lease could not be given back; it ends by itself.');
      }
    },
  };
}

const sentences: Readonly<Record<DutyState, string>> = {
  active: 'This process is the active one: it writes, publishes findings and draws annotations.',
  suspended: 'The lease could not be renewed in time: findings are held back until it can be. Telemetry is forwarded.',
  standby: 'Another process is the active one: this one receives, forwards and learns, and tells nothing.',
};

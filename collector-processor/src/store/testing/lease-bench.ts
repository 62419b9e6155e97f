import type { Clock } from '../../runtime/clock.ts';
import type { Attempt, Hold, LeaseRecord } from '../lease/lease-record.ts';
import type { StoreDatabase } from '../schema.ts';

/** A clock that the test moves; sleepers wake in the order of their times. */
export function createSteppedClock() {
  let nowMs = 0;
  const sleepers = new Set<{ atMs: number; wake: () => void }>();
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { atMs: nowMs + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          resolve();
        });
      }),
  };
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }
  async function pass(ms: number): Promise<void> {
    const untilMs = nowMs + ms;
    for (;;) {
      const next = [...sleepers].sort((left, right) => left.atMs - right.atMs)[0];
      if (next === undefined || next.atMs > untilMs) break;
      nowMs = Math.max(nowMs, next.atMs);
      sleepers.delete(next);
      next.wake();
      await settle();
    }
    nowMs = untilMs;
    await settle();
  }
  /** Time goes by and this process does not run. */
  function freeze(ms: number): void {
    nowMs += ms;
  }
  return { clock, pass, settle, freeze };
}

/** The row in PostgreSQL, with the server's clock being that of the test. */
export function createLeaseServer(clock: Clock) {
  const row = { epoch: 0, holder: '', expiresAtMs: 0 };
  let down = false;
  let hangs = false;
  const reach = async (): Promise<void> => {
    if (hangs) await new Promise(() => undefined);
    if (down) throw new Error('connection refused');
  };
  const isOurs = ({ holder, epoch }: Hold): boolean => row.holder === holder && row.epoch === epoch;
  const record: LeaseRecord = {
    async take(holder, durationMs): Promise<Attempt> {
      await reach();
      const leftMs = row.expiresAtMs - clock.nowMs();
      if (leftMs > 0) return { kind: 'held', by: row.holder, leftMs };
      Object.assign(row, { holder, epoch: row.epoch + 1, expiresAtMs: clock.nowMs() + durationMs });
      return { kind: 'taken', hold: { holder, epoch: row.epoch } };
    },
    async renew(hold, durationMs) {
      await reach();
      if (isOurs(hold)) row.expiresAtMs = clock.nowMs() + durationMs;
      return isOurs(hold);
    },
    async release(hold) {
      await reach();
      if (isOurs(hold)) row.expiresAtMs = 0;
    },
  };
  /** In a transaction: answers the row when it is that of the hold. */
  const transaction = (isThere: () => boolean) => {
    const query = {
      selectFrom: () => query,
      select: () => query,
      where: () => query,
      forKeyShare: () => query,
      executeTakeFirst: () => Promise.resolve(isThere() ? { name: 'sidecar' } : undefined),
    };
    return { $extendTables: () => query } as unknown as StoreDatabase;
  };
  return {
    row,
    record,
    transaction,
    set: (is: { down?: boolean; hangs?: boolean }) => ({ down = down, hangs = hangs } = is),
  };
}

import { beforeEach, describe, expect, test } from '@jest/globals';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics, type SelfMetrics } from '../../runtime/self-metrics.ts';
import type { DutyState } from '../duty.ts';
import { createLeaseServer, createSteppedClock } from '../testing/lease-bench.ts';
import { createLease } from './lease.ts';

const DURATION_MS = 10_000;

let time: ReturnType<typeof createSteppedClock>;
let server: ReturnType<typeof createLeaseServer>;
let metrics: SelfMetrics;

beforeEach(() => {
  time = createSteppedClock();
  server = createLeaseServer(time.clock);
  metrics = createSelfMetrics();
});

function join(holder: string) {
  const changes: DutyState[] = [];
  const lease = createLease({
    record: server.record,
    options: { duration: DURATION_MS, renewEvery: 3_000 },
    holder,
    clock: time.clock,
    logger: silentLogger,
    metrics,
  });
  lease.onChange((state) => void changes.push(state));
  return { lease, changes };
}

const sample = (name: string): number | undefined => metrics.samples().find((found) => found.name === name)?.value;

describe('the active process', () => {
  test('is the first that asks, at once, and stays it', async () => {
    const { lease, changes } = join('a');
    await lease.start();
    expect(lease.state()).toBe('active');
    await time.pass(60_000);
    expect(changes).toEqual(['active']);
    expect(server.row).toMatchObject({ epoch: 1, holder: 'a' });
    expect(sample('sentinel_lease_active')).toBe(1);
    await lease.stop();
  });

  test('is suspended at nine tenths of the duration after the beginning of its last renewal, and goes on when it can', async () => {
    const { lease, changes } = join('a');
    await lease.start();
    await time.pass(3_000);
    server.set({ down: true });
    await time.pass(8_999);
    expect(lease.state()).toBe('active');
    await time.pass(1);
    expect([lease.state(), lease.permit()]).toEqual(['suspended', undefined]);
    expect(changes).toEqual(['active', 'suspended']);
    server.set({ down: false });
    await time.pass(1_000);
    expect(changes).toEqual(['active', 'suspended', 'active']);
    expect(server.row.epoch).toBe(1);
    expect(sample('sentinel_lease_faults_total')).toBeGreaterThan(1);
    await lease.stop();
  });

  test('is suspended in time although the database neither answers nor refuses', async () => {
    const { lease, changes } = join('a');
    await lease.start();
    server.set({ hangs: true });
    await time.pass(9_000);
    expect(changes).toEqual(['active', 'suspended']);
  });

  test('that was frozen knows it before it does anything', async () => {
    const { lease } = join('a');
    await lease.start();
    time.freeze(9_000);
    expect([lease.state(), lease.permit()]).toEqual(['suspended', undefined]);
  });

  test('that finds another in its place is standby, and tells its listeners once', async () => {
    const { lease, changes } = join('a');
    await lease.start();
    Object.assign(server.row, { epoch: 2, holder: 'b', expiresAtMs: 60_000 });
    await time.pass(3_000);
    expect(changes).toEqual(['active', 'standby']);
    expect(lease.holder()).toBe('b');
    await lease.stop();
  });

  test('gives the lease back when it stops, if it is still its own', async () => {
    const { lease } = join('a');
    await lease.start();
    await lease.stop();
    expect(server.row.expiresAtMs).toBe(0);
    const late = join('b');
    await late.lease.start();
    expect(late.lease.state()).toBe('active');
    Object.assign(server.row, { epoch: 7, holder: 'c', expiresAtMs: 60_000 });
    await late.lease.stop();
    expect(server.row.expiresAtMs).toBe(60_000);
  });

  test('stops although the lease cannot be given back', async () => {
    const { lease } = join('a');
    await lease.start();
    server.set({ down: true });
    await lease.stop();
    expect(lease.state()).toBe('standby');
  });
});

describe('the standby', () => {
  test('takes over as soon as the lease has ended, not before, and within its duration', async () => {
    const first = join('a');
    await first.lease.start();
    const second = join('b');
    await second.lease.start();
    expect([second.lease.state(), second.lease.holder()]).toEqual(['standby', 'a']);
    await time.pass(5_500);
    server.set({ down: true }); // For the first: its renewals at 6 s and later.
    await time.pass(1_000);
    await first.lease.stop();
    server.set({ down: false });
    await time.pass(13_000 - 6_500 - 1);
    expect(second.lease.state()).toBe('standby');
    await time.pass(100);
    expect(second.lease.state()).toBe('active');
    expect(server.row).toMatchObject({ epoch: 2, holder: 'b' });
    await second.lease.stop();
  });

  test('of two only one takes over', async () => {
    const standbys = [join('b'), join('c')];
    Object.assign(server.row, { epoch: 1, holder: 'a', expiresAtMs: 4_000 });
    for (const { lease } of standbys) await lease.start();
    await time.pass(20_000);
    expect(standbys.map(({ lease }) => lease.state()).sort()).toEqual(['active', 'standby']);
    expect(server.row.epoch).toBe(2);
    for (const { lease } of standbys) await lease.stop();
  });

  test('does not start when the database does not answer', async () => {
    server.set({ down: true });
    await expect(join('a').lease.start()).rejects.toThrow('connection refused');
  });
});

describe('a permit', () => {
  test('is good as long as the row says so; when it does not, the duty ends there and then', async () => {
    const { lease, changes } = join('a');
    await lease.start();
    const permit = lease.permit()!;
    await permit.verify(server.transaction(() => true));
    await expect(permit.verify(server.transaction(() => false))).rejects.toMatchObject({
      code: 'SENTINEL_STORE_FAILED',
    });
    expect(changes).toEqual(['active', 'standby']);
  });

  test('of an earlier hold does not end a later one', async () => {
    const { lease } = join('a');
    await lease.start();
    const old = lease.permit()!;
    Object.assign(server.row, { epoch: 2, holder: 'b', expiresAtMs: 4_000 });
    await time.pass(10_000);
    expect(server.row).toMatchObject({ epoch: 3, holder: 'a' });
    await expect(old.verify(server.transaction(() => false))).rejects.toThrow('taken over');
    expect(lease.state()).toBe('active');
    await lease.stop();
  });
});

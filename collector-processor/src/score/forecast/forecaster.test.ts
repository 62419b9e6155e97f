import { describe, expect, test } from '@jest/globals';
import type { Forecast } from '../../model/forecast.ts';
import { restoreSnapshot, saveSnapshot } from '../state/snapshot.ts';
import type { TestPoint } from '../testing/columns.ts';
import { createRandom } from '../testing/random.ts';
import { shippedOptions } from '../testing/test-options.ts';
import { createWorld, type World } from '../testing/world.ts';

const MINUTE_MS = 60_000;
const GIB = 1024 ** 3;
const DAY_MINUTES = 1440;

/** Buckets of a minute and few looks, so that days go by quickly. */
function openWorld(changes: Partial<World['options']['forecast']> = {}): World {
  const forecast = { ...shippedOptions().forecast, every: 30 * MINUTE_MS, ...changes };
  return createWorld({ bucket: MINUTE_MS, maxSeries: 50, maxStreams: 50, forecast });
}

type Sends = (minute: number, timeMs: number) => readonly TestPoint[];

/** Lets so many minutes go by, with points every five of them. */
function run(world: World, minutes: number, sends: Sends, instance = 'db-0'): void {
  for (let minute = 0; minute < minutes; minute += 5) {
    world.points({ service: 'db', instance }, sends(minute, world.nowMs()));
    world.advance(5 * MINUTE_MS);
  }
}

function disk(used: number, timeMs: number, mountpoint = '/var'): TestPoint[] {
  const point = (state: string, value: number): TestPoint => ({
    ...{ name: 'system.filesystem.usage', kind: 'sum', upDown: true, unit: 'By', timeMs, value },
    attributes: { 'system.filesystem.mountpoint': mountpoint, 'system.filesystem.state': state },
  });
  return [point('used', used * GIB), point('free', (95 - used) * GIB), point('reserved', 5 * GIB)];
}

const gauge = (name: string, value: number, timeMs: number, attributes = {}): TestPoint => ({
  ...{ name, kind: 'gauge', timeMs, value, attributes },
});

const listed = (world: World): Forecast[] => [...world.engine.forecaster.list(0)].map(({ item }) => item);

describe('a disk that fills', () => {
  const random = createRandom(1);
  const filling: Sends = (minute, now) => disk(40 + (12 * minute) / DAY_MINUTES + 0.6 * random.normal(), now);

  test('is one finding with its own sentence; it becomes a page, and is over when the disk was emptied', () => {
    const world = openWorld();
    run(world, 2.5 * DAY_MINUTES, filling);
    const [first, ...others] = world.opened().filter(({ series }) => series.measure === 'days_left');
    expect(others).toEqual([]);
    expect(first?.sentence).toMatch(/^Disk \/var of db is full in \d+(\.\d)? (days|hours) \(.+ to .+\)\.$/);
    expect(first).toMatchObject({ border: 'notice', direction: 'down', expected: 7, series: { service: 'db' } });
    expect(first?.explanation).toMatch(
      /^Both windows of the forecast agree, the long one and its last third; it comes /,
    );
    expect(first?.reasons[0]?.text).toMatch(/^grows by 1[12](\.\d+)? GiB a day, \d\d % of 95 GiB used;/);
    const [forecast] = listed(world);
    expect(forecast).toMatchObject({ state: 'short', kind: 'disk', capacity: 95 * GIB });
    const truth = (95 - 40 - 12 * 2.5) / 12;
    expect(Math.abs((forecast?.left.expected ?? NaN) - truth)).toBeLessThan(0.3);
    run(world, 1.3 * DAY_MINUTES, (minute, now) => filling(minute + 2.5 * DAY_MINUTES, now));
    const told = world.events.filter(({ anomaly }) => anomaly.id === first?.id);
    expect(told.at(-1)?.anomaly.border).toBe('page');
    run(world, 4 * 60, (_minute, now) => disk(20, now));
    const [closed] = world.closed().filter(({ id }) => id === first?.id);
    expect(closed?.sentence).toBe('Disk /var of db was running out; it has time again.');
  });

  test('is known again after a restart, with its open finding', () => {
    const world = openWorld();
    run(world, 2.5 * DAY_MINUTES, filling);
    const file = Buffer.concat([...saveSnapshot(world.engine.state, 0)]);
    const next = openWorld();
    expect(restoreSnapshot(next.engine.state, file).kind).toBe('restored');
    const known = ({ title, state, used, capacity }: Forecast) => ({ title, state, used, capacity });
    expect(listed(next).map(known)).toEqual(listed(world).map(known));
    expect(listed(next)[0]?.left.expected).toBeCloseTo(listed(world)[0]?.left.expected ?? NaN, 0);
    expect(next.engine.forecaster.findings.anomalies()).toEqual(world.engine.forecaster.findings.anomalies());
  });

  test('of another instance is another disk', () => {
    const world = openWorld();
    for (let minute = 0; minute < 60; minute += 5) {
      world.points({ service: 'db', instance: 'a' }, disk(40, world.nowMs()));
      world.points({ service: 'db', instance: 'b' }, [...disk(80, world.nowMs()), ...disk(10, world.nowMs(), '/')]);
      world.advance(5 * MINUTE_MS);
    }
    expect(listed(world).map(({ used }) => used / GIB)).toEqual([40, 80, 10]);
  });
});

describe('capacities by convention', () => {
  const limits: Readonly<Record<string, (now: number) => TestPoint[]>> = {
    'Connection pool orders of db': (now) => [
      gauge('db.client.connection.count', 8, now, {
        'db.client.connection.pool.name': 'orders',
        'db.client.connection.state': 'used',
      }),
      gauge('db.client.connection.max', 10, now, { 'db.client.connection.pool.name': 'orders' }),
    ],
    'Memory G1 Old Gen of db': (now) => [
      gauge('jvm.memory.used', 8, now, { 'jvm.memory.pool.name': 'G1 Old Gen' }),
      gauge('jvm.memory.limit', 10, now, { 'jvm.memory.pool.name': 'G1 Old Gen' }),
    ],
    'Memory of db': (now) => [gauge('container.memory.usage', 8, now), gauge('container.memory.limit', 10, now)],
    'File descriptors of db': (now) => [gauge('process_open_fds', 8, now), gauge('process_max_fds', 10, now)],
    'Quota pods of db': (now) => [
      gauge('k8s.resource_quota.used', 8, now, { resource: 'pods' }),
      gauge('k8s.resource_quota.hard_limit', 10, now, { resource: 'pods' }),
    ],
    'Disk data of db': (now) => [
      gauge('k8s.volume.available', 2, now, { 'k8s.volume.name': 'data' }),
      gauge('k8s.volume.capacity', 10, now, { 'k8s.volume.name': 'data' }),
    ],
  };
  for (const [title, sends] of Object.entries(limits)) {
    test(title, () => {
      const world = openWorld();
      run(world, 10, (_minute, now) => sends(now));
      expect(listed(world)).toMatchObject([{ title, used: 8, capacity: 10, state: 'learning' }]);
    });
  }

  test('a limit that is none, and a use without a limit, are no resource', () => {
    const world = openWorld();
    run(world, 10, (_minute, now) => [
      gauge('go.memory.used', 5, now),
      gauge('go.memory.limit', 2 ** 63, now),
      gauge('container.memory.usage', 5, now),
      gauge('http.server.active_requests', 5, now),
    ]);
    expect(listed(world)).toEqual([]);
  });

  test('a utilization is a share of 1', () => {
    const world = openWorld();
    run(world, 10, (_minute, now) => [
      gauge('system.filesystem.utilization', 0.8, now, { state: 'used', device: 'sda' }),
    ]);
    expect(listed(world)).toMatchObject([{ title: 'Disk sda of db', used: 0.8, capacity: 1 }]);
  });

  test('a certificate counts down, as seconds or as a time, and is told at once', () => {
    const world = openWorld();
    const end = world.nowMs() / 1000 + 5 * 86_400;
    run(world, 60, (_minute, now) => [
      gauge('tlscheck.time_left', end - now / 1000, now, { 'tlscheck.target': 'shop' }),
      gauge('probe_ssl_earliest_cert_expiry', end, now),
    ]);
    const sentences = world.opened().map(({ sentence }) => sentence);
    expect(sentences).toEqual(['Certificate shop of db expires in 5 days.', 'Certificate of db expires in 5 days.']);
    expect(listed(world).map(({ left }) => Math.round(left.expected))).toEqual([5, 5]);
  });

  test('a certificate says how soon that is, why it is told, and that it was told before, also after a restart', () => {
    const world = openWorld();
    const lasts = (days: number): Sends => {
      const end = world.nowMs() / 1000 + days * 86_400;
      return (_minute, now) => [gauge('tlscheck.time_left', end - now / 1000, now, { 'tlscheck.target': 'shop' })];
    };
    run(world, 60, lasts(5));
    const [first] = world.opened();
    expect(first?.effectSize).toBeCloseTo(14 / 5, 0);
    expect(first?.explanation).toMatch(
      /^Its end is known, no detector has to agree; it comes 2\.8\d? times as soon as the horizon of 14 days\.$/,
    );
    run(world, 120, lasts(90));
    expect(world.closed().map(({ id }) => id)).toEqual([first?.id]);
    const after = openWorld();
    restoreSnapshot(after.engine.state, Buffer.concat([...saveSnapshot(world.engine.state, world.nowMs())]));
    after.setNow(world.nowMs());
    const end = world.nowMs() / 1000 + 3 * 86_400;
    run(after, 60, (_minute, now) => [
      gauge('tlscheck.time_left', end - now / 1000, now, { 'tlscheck.target': 'shop' }),
    ]);
    const [again] = after.opened();
    expect(again?.earlier).toEqual({ id: first?.id, startMs: first?.startMs, border: first?.border });
    expect(again?.explanation).toContain('the nearest earlier finding on it began');
  });
});

describe('settings and limits', () => {
  test('a setting names a resource that no convention knows, also one that counts down', () => {
    const named = { kind: 'other', capacityMetric: '', attributes: { pool: 'a' } } as const;
    const world = openWorld({
      capacities: [
        { ...named, metric: 'licences.used', capacity: 50, countsDown: false },
        { ...named, metric: 'tickets.left', capacity: 0, countsDown: true },
      ],
    });
    run(world, 2 * DAY_MINUTES, (minute, now) => [
      gauge('licences.used', 10, now, { pool: 'a' }),
      gauge('licences.used', 49, now, { pool: 'b' }),
      gauge('tickets.left', 1000 - minute / 4, now, { pool: 'a' }),
    ]);
    const [licences, tickets] = listed(world);
    expect(listed(world)).toHaveLength(2);
    expect(licences).toMatchObject({ title: 'Capacity of licences.used pool=a of db', used: 10, capacity: 50 });
    expect(tickets?.left.expected).toBeCloseTo((1000 - 720) / 360, 1);
    expect(tickets?.perDay).toBeCloseTo(-360, 0);
  });

  test('resources beyond the limit are counted and left out, and get a place when others are gone', () => {
    const world = openWorld({ maxSeries: 2 });
    run(world, 10, (_minute, now) => ['/', '/a', '/b'].flatMap((mount) => disk(10, now, mount)));
    expect(listed(world)).toHaveLength(2);
    expect(world.counter('sentinel_forecast_refused_total')).toBeGreaterThan(0);
    run(world, 26 * 60, (_minute, now) => disk(10, now, '/c'));
    expect(listed(world).map(({ title }) => title)).toContain('Disk /c of db');
  });

  test('another part of the program reports a resource of its own', () => {
    const world = openWorld();
    const budget = { kind: 'error_budget', name: 'availability', unit: '1', capacity: 1 } as const;
    for (let minute = 0; minute < 2 * DAY_MINUTES; minute += 5) {
      const where = { tenant: '', service: 'cart', namespace: '', environment: '', timeMs: world.nowMs() };
      world.engine.forecaster.report({ ...where, ...budget, used: 0.2 + (0.3 * minute) / DAY_MINUTES });
      world.advance(5 * MINUTE_MS);
    }
    const [first] = listed(world);
    expect(first?.title).toBe('Error budget availability of cart');
    expect(first?.left.expected).toBeCloseTo(0.2 / 0.3, 1);
  });

  test('switched off it follows nothing', () => {
    const world = openWorld({ enabled: false });
    run(world, 10, (_minute, now) => disk(10, now));
    expect(listed(world)).toEqual([]);
  });
});

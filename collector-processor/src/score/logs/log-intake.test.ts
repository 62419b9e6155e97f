import { describe, expect, test } from '@jest/globals';
import type { TestRecord } from '../testing/columns.ts';
import { createRandom } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, START_MS, type World } from '../testing/world.ts';

const shop = { service: 'checkout' };
const INFO = 9;
const WARN = 13;
const ERROR = 17;
const LEARNED = 60;

/** One second of ordinary lines, and some more. */
function second(
  world: World,
  more: readonly Omit<TestRecord, 'timeMs'>[] = [],
  random = createRandom(world.nowMs()),
): void {
  const timeMs = world.nowMs() + 1;
  const usual = Array.from({ length: random.poisson(5) }, (_unused, i) => ({
    timeMs,
    body: `order ${i} shipped`,
    severity: INFO,
  }));
  world.logs(shop, [...usual, ...more.map((record) => ({ ...record, timeMs }))]);
  world.advance(1000);
}

function learned(): World {
  const world = createWorld();
  repeat(LEARNED, () => second(world));
  expect(world.opened()).toEqual([]);
  return world;
}

function lines(count: number, body: string, severity: number): Omit<TestRecord, 'timeMs'>[] {
  return Array.from({ length: count }, (_unused, i) => ({ body: `${body} ${i}`, severity, traceId: 'beef' }));
}

test('records count for their severity and their template', () => {
  const world = createWorld();
  second(world, lines(2, 'disk full on node', ERROR));
  world.advance(2000);
  const series = [...world.engine.series.from(0)].filter(({ measure }) => measure !== 'silence');
  expect(series.map(({ series: { severity, template } }) => [severity, template ?? ''])).toEqual(
    expect.arrayContaining([
      ['INFO', ''],
      ['ERROR', ''],
      ['ERROR', 'disk full on node <*>'],
    ]),
  );
});

describe('a new kind of line', () => {
  test('that warns and comes several times is told within three buckets, with an example and a trace', () => {
    const world = learned();
    const start = world.nowMs();
    repeat(5, () => second(world, lines(6, 'card of ana@example.org declined after retry', WARN)));
    const news = world.opened().find(({ series }) => series.measure === 'new_template');
    expect(news).toMatchObject({ direction: 'up', exampleTraceIds: ['beef'.padStart(32, '0')] });
    expect((news?.detectedAtMs ?? Infinity) - start).toBeLessThanOrEqual(4000);
    expect(news?.sentence).toBe(
      'New kind of line from checkout: "card of <*> declined after retry <*>" (WARN), 6 in 1 s.',
    );
    expect(news?.exampleLines[0]).toMatch(/^card of \[email\] declined after retry \d$/);
  });

  test.each([
    ['that comes once', 1, ERROR],
    ['that informs', 6, INFO],
  ])('%s is no finding', (_name, count, severity) => {
    const world = learned();
    second(world, lines(count, 'cache warmed for region', severity));
    repeat(10, () => second(world));
    expect(world.opened().filter(({ series }) => series.measure === 'new_template')).toEqual([]);
  });

  test('is no news from a service that invents kinds all the time', () => {
    const world = createWorld();
    const random = createRandom(3);
    const word = (): string =>
      Array.from({ length: 7 }, () => 'ghijklmnop'[Math.floor(random.uniform() * 10)]).join('');
    repeat(150, () => second(world, lines(4, `${word()} failed`, ERROR)));
    const news = world.opened().filter(({ series }) => series.measure === 'new_template');
    expect(news.length).toBeLessThanOrEqual(3);
  });

  test('is no news while its service is new', () => {
    const world = createWorld();
    repeat(20, () => second(world, lines(6, 'connection lost to', ERROR)));
    expect(world.opened()).toEqual([]);
  });
});

describe('a kind that came from a merge', () => {
  const names = ['ana', 'berta', 'carl', 'dora', 'emil', 'frida', 'gustav', 'hanna', 'ivan', 'jana'];
  const filled = (name: string) => ({ body: `basket that ${name} filled was lost`, severity: ERROR });

  test('is no news to a service that knew a part of it', () => {
    const world = createWorld();
    const other = { service: 'billing' };
    const both = (more: readonly Omit<TestRecord, 'timeMs'>[]): void => {
      world.logs(other, [{ ...filled('ana'), timeMs: world.nowMs() + 1 }]);
      second(world, more);
    };
    repeat(LEARNED, () => both([filled('berta'), filled('berta')]));
    repeat(5, () => both(names.map(filled)));
    repeat(10, () => both([filled('kurt'), filled('lena'), filled('max'), filled('nina')]));
    const known = world.engine.state.logs.miner;
    expect(known.merges).toBeGreaterThan(0);
    expect(world.opened().filter(({ series }) => series.service === 'billing')).toEqual([]);
    const ofBilling = [...world.engine.series.from(0)].filter(
      ({ series }) => series.service === 'billing' && series.template !== undefined,
    );
    expect(ofBilling).toHaveLength(1);
  });
});

describe('a service that brings ever new kinds of lines', () => {
  const random = createRandom(7);
  const word = (): string => Array.from({ length: 7 }, () => 'ghijklmnop'[Math.floor(random.uniform() * 10)]).join('');

  test('has them added up as one, which is counted and shown in coverage', () => {
    const world = createWorld({ maxNewTemplates: 10 });
    second(
      world,
      Array.from({ length: 30 }, () => ({ body: `${word()} ${word()} ${word()}`, severity: INFO })),
    );
    world.advance(2000);
    const templates = [...world.engine.series.from(0)].map(({ series: { template } }) => template);
    expect(templates).toContain('(other)');
    expect(world.counter('sentinel_templates_other_lines')).toBeGreaterThan(15);
    const lines = [...world.engine.coverage.entries(0)].map(({ item }) => item);
    expect(lines).toContainEqual(
      expect.objectContaining({ title: 'Log lines of ever new kinds', service: 'checkout', state: 'unsuitable' }),
    );
  });

  test('takes no more series than it may have templates, whatever becomes of those', () => {
    const world = createWorld({ maxTemplatesPerService: 20 });
    const flood = () => Array.from({ length: 10 }, () => ({ body: `${word()} ${word()} ${word()}`, severity: INFO }));
    repeat(50, () => second(world, flood()));
    const templates = [...world.engine.series.from(0)].filter(({ series }) => series.template !== undefined);
    expect(templates).toHaveLength(20 + 1);
    const other = templates.find(({ series }) => series.template === '(other)');
    expect(other?.lastValue).toBeGreaterThanOrEqual(10);
    const entries = [...world.engine.coverage.entries(0)].map(({ item: { title } }) => title);
    expect(entries).toContain('Log lines of ever new kinds');
  });

  test('does not hide a new kind of line of another service', () => {
    const world = createWorld({ maxNewTemplates: 10, maxTemplates: 100, maxTemplatesPerService: 60 });
    const loud = { service: 'loud' };
    const noisy = (more: readonly Omit<TestRecord, 'timeMs'>[] = []): void => {
      const timeMs = world.nowMs() + 1;
      const flood = Array.from({ length: 40 }, () => ({
        timeMs,
        body: `${word()} ${word()} ${word()}`,
        severity: INFO,
      }));
      world.logs(loud, flood);
      second(world, more);
    };
    repeat(LEARNED, () => noisy());
    expect(world.opened()).toEqual([]);
    repeat(5, () => noisy(lines(6, 'card of ana declined after retry', WARN)));
    expect(world.opened().map(({ series: { service, measure } }) => [service, measure])).toContainEqual([
      'checkout',
      'new_template',
    ]);
  });
});

describe('a stack trace', () => {
  const known = 'no stock\n\tat com.shop.Cart.total(Cart.java:12)\n\tat com.shop.Main.run(Main.java:3)';
  const elsewhere = 'no stock\n\tat com.shop.Basket.sum(Basket.java:7)\n\tat com.shop.Main.run(Main.java:3)';
  const asBody = (text: string) => [{ body: text, severity: ERROR }];
  const asRecords = (text: string) => text.split('\n').map((body) => ({ body, severity: ERROR }));

  describe.each([
    ['in one body', asBody],
    ['that came apart into records', asRecords],
  ])('%s', (_name, form) => {
    const traces = (text: string, count: number) => Array.from({ length: count }, () => form(text)).flat();

    function failing(): World {
      const world = createWorld();
      repeat(LEARNED, () => second(world, traces(known, 2)));
      expect(world.opened()).toEqual([]);
      return world;
    }

    test('counts once, for its message and for where it comes from', () => {
      const world = failing();
      const templates = [...world.engine.series.from(0)].flatMap(({ series: { template } }) => template ?? []);
      expect(templates.sort()).toEqual(['exception at com.shop.Cart.total', 'no stock', 'order <*> shipped']);
      const errors = [...world.engine.series.from(0)].find(({ series }) => series.severity === 'ERROR');
      expect(errors?.lastValue).toBe(2);
    });

    test('from a new place is news though its message is known', () => {
      const world = failing();
      repeat(5, () => second(world, [...traces(known, 1), ...traces(elsewhere, 4)]));
      const news = world.opened().filter(({ series }) => series.measure === 'new_template');
      expect(news.map(({ series }) => series.template)).toEqual(['exception at com.shop.Basket.sum']);
      expect(news[0]?.exampleLines[0]).toMatch(/^no stock/);
    });

    test('from a known place with other line numbers is none', () => {
      const world = failing();
      repeat(20, () => second(world, traces(known.replace('12', '14'), 2)));
      expect(world.opened()).toEqual([]);
    });
  });

  test('that came apart has its lines counted', () => {
    const world = createWorld();
    second(world, asRecords(known));
    expect(world.counter('sentinel_log_lines_joined_total')).toBe(2);
  });
});

test('a storm of a known line is told as a rate', () => {
  const world = createWorld();
  repeat(90, (index) => second(world, index % 10 === 0 ? lines(1, 'connection lost to', ERROR) : []));
  expect(world.opened()).toEqual([]);
  repeat(6, () => second(world, lines(80, 'connection lost to', ERROR)));
  const measures = world.opened().map(({ series }) => series.measure);
  expect(measures).toEqual(expect.arrayContaining(['template_rate', 'severity_rate']));
  const storm = world.opened().find(({ series }) => series.measure === 'severity_rate');
  expect(storm?.exampleLines[0]).toMatch(/^connection lost to/);
});

test('empty bodies count for their severity alone', () => {
  const world = createWorld();
  world.logs(shop, []);
  world.logs(shop, [{ timeMs: START_MS, body: '', severity: INFO }]);
  world.advance(3000);
  expect(world.engine.series.size).toBe(3);
});

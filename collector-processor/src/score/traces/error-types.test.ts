import { describe, expect, test } from '@jest/globals';
import type { TestSpan } from '../testing/columns.ts';
import { createRandom } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';

/** One bucket of 40 requests, of which some have an error. */
function serve(
  world: World,
  errors: readonly (readonly [share: number, error: Partial<TestSpan>])[],
  seed: number,
): void {
  const random = createRandom(seed);
  const spans = Array.from({ length: 40 }, () => {
    let dice = random.uniform();
    const [, error] = errors.find(([share]) => (dice -= share) < 0) ?? [1, {}];
    return { name: 'GET /cart', endMs: world.nowMs() + 1, durationMs: 20, ...error };
  });
  world.spans({ service: 'shop' }, spans);
  world.advance(1000);
}

const timeout = { failed: true, attributes: { 'error.type': 'timeout' } } as const;
const refused = { failed: true, attributes: { 'error.type': 'ECONNREFUSED' } } as const;
const status = (code: number, failed = code >= 500): Partial<TestSpan> => ({
  failed,
  attributes: { 'http.response.status_code': String(code) },
});

function types(world: World): string[] {
  const found = [...world.engine.series.from(0)].filter(({ measure }) => measure === 'error_type_ratio');
  return found.map(({ series }) => series.attributes['error.type'] ?? '').sort();
}

test('errors are told apart by error.type, and by the class of the status', () => {
  const world = createWorld();
  serve(world, [], 1);
  serve(
    world,
    [
      [0.1, timeout],
      [0.1, status(503)],
      [0.1, status(500)],
      [0.1, status(404)],
      [0.1, status(200)],
      [0.1, { failed: true }],
    ],
    2,
  );
  expect(types(world)).toEqual(['HTTP 4xx', 'HTTP 5xx', 'timeout', 'unspecified']);
});

describe('the mix of errors', () => {
  test('that changes while as many fail is told by the type that rose', () => {
    const world = createWorld();
    repeat(90, (i) => serve(world, [[0.1, timeout]], i));
    expect(world.opened()).toEqual([]);
    repeat(12, (i) =>
      serve(
        world,
        [
          [0.02, timeout],
          [0.08, refused],
        ],
        1000 + i,
      ),
    );
    const told = world.opened().filter(({ series }) => series.measure === 'error_type_ratio');
    expect(told.map(({ series }) => series.attributes)).toEqual([{ 'error.type': 'ECONNREFUSED' }]);
    expect(told[0]?.sentence).toMatch(/^Error rate by type of shop \{ECONNREFUSED\} rose to /);
  });

  test('of refusals, which are no failures, is told too', () => {
    const world = createWorld();
    repeat(90, (i) => serve(world, [[0.03, status(404)]], i));
    repeat(12, (i) => serve(world, [[0.4, status(401)]], 1000 + i));
    expect(world.opened().map(({ series }) => series.measure)).toEqual(['error_type_ratio']);
  });

  test('that rose before is not told again beside a rise of all errors', () => {
    const world = createWorld();
    repeat(90, (i) => serve(world, [[0.03, timeout]], i));
    repeat(12, (i) => serve(world, [[0.5, timeout]], 1000 + i));
    expect([...new Set(world.opened().map(({ series }) => series.measure))]).toEqual(['error_ratio']);
  });

  test('that stays as it is, is none', () => {
    const world = createWorld();
    repeat(400, (i) =>
      serve(
        world,
        [
          [0.03, timeout],
          [0.05, status(404)],
        ],
        i,
      ),
    );
    expect(world.opened().map(({ sentence }) => sentence)).toEqual([]);
  });
});

test('endless types of errors are added up as one', () => {
  const world = createWorld({ maxOperations: 3 });
  repeat(10, (i) => {
    const attributes = { 'error.type': `error ${i}` };
    world.spans({ service: 'shop' }, [
      { name: 'x', endMs: world.nowMs() + 1, durationMs: 1, failed: true, attributes },
    ]);
    world.advance(1000);
  });
  expect(types(world)).toEqual(['(other)', 'error 0', 'error 1', 'error 2']);
  expect(world.engine.coverage.limits()).toEqual(['shop has more than 3 error types; the rest is watched as one.']);
});

import { describe, expect, test } from '@jest/globals';
import { SpanKind } from '../../model/columns.ts';
import { createRandom } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';

const random = createRandom(9);

/** One bucket of served requests, and calls to peers. */
function serve(world: World, calls: Readonly<Record<string, number>>): void {
  const endMs = world.nowMs() + 1;
  const served = Array.from({ length: 10 + random.poisson(10) }, () => ({ name: 'GET /', endMs, durationMs: 9 }));
  const called = Object.entries(calls).flatMap(([peer, count]) =>
    Array.from({ length: count }, () => ({
      ...{ name: 'GET', kind: SpanKind.client, endMs, durationMs: 5 },
      attributes: { 'peer.service': peer } as const,
    })),
  );
  world.spans({ service: 'shop' }, [...served, ...called]);
  world.advance(world.options.bucket);
}

function ofEdges(world: World): string[] {
  const edges = world.opened().filter(({ series }) => series.measure.endsWith('_edge'));
  return edges.map(({ series, sentence }) => `${series.measure} ${series.peer ?? ''}: ${sentence}`);
}

describe('a new edge', () => {
  test('of a service that is known for long is news', () => {
    const world = createWorld();
    repeat(400, () => serve(world, { payment: 3 + random.poisson(4) }));
    expect(ofEdges(world)).toEqual([]);
    repeat(6, () => serve(world, { payment: 5, 'pastebin.example': 2 }));
    expect(ofEdges(world)).toEqual([
      expect.stringMatching(
        /^new_edge pastebin\.example: New: shop calls pastebin\.example, \d times in 1 s\. It never did/,
      ),
    ]);
  });

  test('is none while the service itself is new, nor when one call comes once', () => {
    const world = createWorld();
    repeat(30, () => serve(world, { payment: 5 }));
    repeat(6, () => serve(world, { payment: 5, ledger: 5 }));
    repeat(400, () => serve(world, { payment: 5, ledger: 5 }));
    serve(world, { payment: 5, ledger: 5, once: 1 });
    repeat(20, () => serve(world, { payment: 5, ledger: 5 }));
    expect(ofEdges(world)).toEqual([]);
  });
});

describe('a lost edge', () => {
  test('that was busy is told at once', () => {
    const world = createWorld();
    repeat(90, () => serve(world, { payment: 5 + random.poisson(10) }));
    repeat(6, () => serve(world, {}));
    expect(ofEdges(world)).toEqual([
      expect.stringMatching(/^lost_edge payment: shop does not call payment any more; expected .*\/s to .*\/s\.$/),
    ]);
  });

  test('of few calls is told when the pause is far longer than ever', () => {
    const world = createWorld();
    repeat(1200, (i) => serve(world, { payment: i % 9 === random.poisson(1) ? 1 : 0 }));
    expect(ofEdges(world)).toEqual([]);
    repeat(300, () => serve(world, {}));
    expect(ofEdges(world)).toEqual([
      expect.stringMatching(
        /^lost_edge payment: shop does not call payment any more: a pause of .* the longest so far was /,
      ),
    ]);
  });
});

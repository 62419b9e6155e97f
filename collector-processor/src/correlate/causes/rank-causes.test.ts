import { describe, expect, test } from '@jest/globals';
import { call, caseOf, changeOf, logOf, seriesOf } from '../testing/case-builder.ts';
import { rankCauses } from './rank-causes.ts';

const removal = '@@\n-  register(agents)\n   start()';
const moved = '@@\n-  const total = sum(items)\n+  const amount = sum(items)';

function firstOf(...facts: Parameters<typeof rankCauses>): string {
  return rankCauses(...facts).services[0]?.service ?? '';
}

describe('which service it is', () => {
  test('time that a callee takes longer is the callee’s, however loud the caller is', () => {
    const series = [
      seriesOf('shop', 'latency', [0.1, 2]),
      seriesOf('shop', 'requests', [100, 100]),
      seriesOf('catalog', 'latency', [0.05, 1.9]),
      seriesOf('catalog', 'requests', [100, 100]),
    ];
    expect(firstOf(caseOf({ series, calls: [call('shop', 'catalog')] }))).toBe('catalog');
  });

  test('a caller keeps what its callees do not explain', () => {
    const series = [
      seriesOf('shop', 'latency', [0.1, 2]),
      seriesOf('shop', 'requests', [100, 100]),
      seriesOf('catalog', 'latency', [0.05, 0.15]),
      seriesOf('catalog', 'requests', [100, 100]),
    ];
    const { services } = rankCauses(caseOf({ series, calls: [call('shop', 'catalog')] }));
    expect(services[0]?.service).toBe('shop');
    expect(services[1]?.blame).toBeGreaterThan(0.03);
    expect(services[1]?.blame).toBeLessThan(0.08);
  });

  test('a service without series passes the blame on to those it calls', () => {
    const series = [
      seriesOf('shop', 'errors', [0.001, 0.5]),
      seriesOf('shop', 'requests', [100, 100]),
      seriesOf('database', 'errors', [0.001, 0.5]),
      seriesOf('database', 'requests', [100, 100]),
    ];
    expect(firstOf(caseOf({ series, calls: [call('shop', 'proxy'), call('proxy', 'database')] }))).toBe('database');
  });

  test('what services write about each other is a call and a hint', () => {
    const series = [seriesOf('shop', 'errors', [0.001, 0.5]), seriesOf('payment', 'saturation', [0.3, 0.99])];
    const logs = [logOf('shop', 'charge failed: upstream payment', { names: ['payment'] })];
    expect(firstOf(caseOf({ series, logs }))).toBe('payment');
  });

  test('more requests are those who send them', () => {
    const series = [
      seriesOf('stock', 'latency', [0.1, 1]),
      seriesOf('stock', 'requests', [100, 900]),
      seriesOf('shop', 'work', [2, 40]),
    ];
    expect(firstOf(caseOf({ series, calls: [call('shop', 'stock')] }))).toBe('shop');
  });

  test('services that call each other in a circle come to an end', () => {
    const series = [seriesOf('a', 'errors', [0.001, 0.5]), seriesOf('b', 'saturation', [0.3, 0.99])];
    expect(firstOf(caseOf({ series, calls: [call('a', 'b'), call('b', 'a')] }))).toBe('b');
  });

  test('without an alarm the strongest evidence comes first', () => {
    const series = [seriesOf('a', 'saturation', [10, 14], 60), seriesOf('b', 'saturation', [10, 90], 60)];
    expect(firstOf({ ...caseOf({ series }), alarm: { service: '', seriesId: '', atMs: 0 } })).toBe('b');
  });
});

describe('which change it was', () => {
  const series = [seriesOf('shop', 'errors', [0.001, 0.5])];
  const logs = [logOf('shop', 'agents not registered')];

  test('the one just before that touches what is odd, with high confidence', () => {
    const facts = caseOf({
      series,
      logs,
      changes: [changeOf('culprit', 'shop', 6, { diff: removal }), changeOf('other', 'cart', 6)],
    });
    const { change, confidence } = rankCauses(facts);
    expect(change).toMatchObject({ change: { id: 'culprit' } });
    expect(confidence).toBe('high');
  });

  test('one that came when the trouble was there is contradicted, and the reason is said', () => {
    const facts = caseOf({ series, logs, changes: [changeOf('decoy', 'shop', 2, { diff: removal })] });
    const { change, changes } = rankCauses(facts);
    expect(change).toBe('none');
    expect(changes[0]?.reasons).toContainEqual(
      expect.objectContaining({ kind: 'time', weight: -3, sentence: 'trouble began 3 min before it' }),
    );
  });

  test('a renamed variable loses against a removed call', () => {
    const changes = [
      changeOf('renamed', 'shop', 5.2, { diff: moved }),
      changeOf('removed', 'shop', 7, { diff: removal }),
    ];
    expect(rankCauses(caseOf({ series, logs, changes })).change).toMatchObject({ change: { id: 'removed' } });
  });

  test('one of which nothing but place and time is known is named where both are telling, and never for sure', () => {
    const changes = [changeOf('known by time', 'shop', 5.2)];
    const { change, confidence } = rankCauses(caseOf({ series, changes }));
    expect(change).toMatchObject({ change: { id: 'known by time' } });
    expect(confidence).toBe('low');
    const late = [changeOf('too early', 'shop', 20)];
    expect(rankCauses(caseOf({ series, changes: late })).change).toBe('none');
  });

  test('who became odd later speaks against no change, who did so before it does', () => {
    const changes = [changeOf('deploy', 'shop', 7)];
    const others = (minutesBefore: number) =>
      ['queue', 'mail'].map((name) => seriesOf(name, 'saturation', [0.1, 0.9], minutesBefore));
    const after = rankCauses(caseOf({ series: [...series, ...others(4)], changes }));
    expect([after.patterns, after.change]).toMatchObject([[], { change: { id: 'deploy' } }]);
    const before = rankCauses(caseOf({ series: [...series, ...others(6)], changes }));
    expect([before.patterns[0]?.kind, before.change]).toEqual(['together', 'none']);
  });

  test('documents and looks break nothing', () => {
    const changes = [changeOf('docs', 'shop', 5.2, { files: ['docs/api.md'], diff: removal })];
    expect(rankCauses(caseOf({ series, logs, changes })).change).toBe('none');
  });

  test('errors about one record are nobody’s release', () => {
    const same = [logOf('shop', 'record out of range', { item: 'offset=17' })];
    const changes = [changeOf('decoy', 'shop', 5.2)];
    const { change, confidence, patterns } = rankCauses(caseOf({ series, logs: same, changes }));
    expect([change, confidence]).toEqual(['none', 'high']);
    expect(patterns[0]?.sentence).toBe('20 of 20 errors are about the same offset=17');
  });

  test('nothing known is undecided', () => {
    expect(rankCauses(caseOf({ series }))).toMatchObject({ change: 'none', confidence: 'undecided' });
  });

  test('an alarm that is as usual names nobody, whatever was deployed', () => {
    const quiet = [seriesOf('shop', 'errors', [0.1, 0.1])];
    const facts = caseOf({ series: quiet, changes: [changeOf('deploy', 'shop', 5, { diff: removal })] });
    expect(rankCauses(facts)).toMatchObject({ isOdd: false, confidence: 'undecided' });
  });
});

test('the order in which the parts of a case stand changes nothing', () => {
  const series = [
    seriesOf('shop', 'errors', [0.001, 0.5]),
    seriesOf('cart', 'saturation', [0.3, 0.99]),
    seriesOf('stock', 'saturation', [0.3, 0.99]),
  ];
  const changes = [changeOf('one', 'shop', 6), changeOf('two', 'cart', 6), changeOf('three', 'stock', 6)];
  const calls = [call('shop', 'cart'), call('shop', 'stock')];
  const facts = caseOf({ series, changes, calls });
  const turned = { ...facts, series: series.toReversed(), changes: changes.toReversed(), calls: calls.toReversed() };
  expect(JSON.stringify(rankCauses(turned))).toBe(JSON.stringify(rankCauses(facts)));
});

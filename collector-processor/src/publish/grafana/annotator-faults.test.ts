import { afterEach, describe, expect, test } from '@jest/globals';
import type { GrafanaAnnotatorOptions } from './annotator-options.ts';
import { type Bench, keyOf, NOW, odd, openBench } from './testing/annotator-bench.ts';

let bench: Bench;

async function open(overrides?: Partial<GrafanaAnnotatorOptions>): Promise<Bench> {
  bench = await openBench(overrides);
  return bench;
}

afterEach(() => bench.close());

describe('Grafana away', () => {
  test('for an hour: every finding is there afterwards, in order, those that ended as complete regions', async () => {
    const { grafana } = await open({ maxNew: 100 });
    grafana.setMood({ kind: 'answers', status: 503 });
    for (let minute = 0; minute < 60; minute++) {
      const startMs = bench.clock.nowMs();
      await bench.send(odd(minute, { startMs, endMs: startMs + 10_000 }));
      await bench.pass(60_000);
      if (minute % 2 === 0) await bench.send(odd(minute, { startMs, state: 'closed', endMs: startMs + 60_000 }));
    }
    const attempts = grafana.requests.length;
    expect(attempts).toBeLessThan(80);
    expect(bench.metric('sentinel_grafana_backlog')).toBe(60);
    expect(bench.metric('sentinel_grafana_up')).toBe(0);

    grafana.setMood({ kind: 'well' });
    await bench.pass(120_000);
    expect(grafana.annotations).toHaveLength(60);
    const complete = grafana.annotations.filter((one) => one.timeEnd - one.time === 60_000);
    expect(complete).toHaveLength(30);
    expect(bench.sent('PATCH')).toBe(0);
    const times = grafana.annotations.map((one) => one.time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(bench.logged.filter((line) => line.includes('is away'))).toHaveLength(1);
    expect(bench.metric('sentinel_grafana_up')).toBe(1);
  });

  test('the pauses grow to their limit', async () => {
    const { grafana } = await open();
    grafana.setMood({ kind: 'answers', status: 500 });
    await bench.send(odd(1));
    const attempts: number[] = [];
    for (let second = 1; second <= 160; second++) {
      const before = grafana.requests.length;
      await bench.pass(1000);
      if (grafana.requests.length > before) attempts.push(second);
    }
    expect(attempts).toEqual([5, 15, 35, 75, 135]);
  });

  test('Retry-After is kept', async () => {
    const { grafana } = await open();
    grafana.setMood({ kind: 'answers', status: 429, headers: { 'retry-after': '100' } });
    await bench.send(odd(1));
    await bench.pass(99_000);
    expect(grafana.requests).toHaveLength(1);
    await bench.pass(1000);
    expect(grafana.requests).toHaveLength(2);
  });

  test('for too long: the oldest are one summary', async () => {
    const { grafana, ledger } = await open({ maxNew: 100, maxBacklog: 5 });
    grafana.setMood({ kind: 'answers', status: 503 });
    for (let number = 0; number < 12; number++) {
      bench.clock.advance(1);
      await bench.send(odd(number));
    }
    grafana.setMood({ kind: 'well' });
    await bench.pass(60_000);
    expect(grafana.annotations.filter((one) => one.tags.some((tag) => tag.startsWith('region:')))).toHaveLength(5);
    expect(grafana.annotations.map((one) => one.text).join()).toContain('7 older annotations were not drawn');
    expect([...ledger.records.values()].filter((record) => record.state === 'abandoned')).toHaveLength(7);
  });
});

describe('refusals', () => {
  test('an annotation that somebody deleted is not made again', async () => {
    const { grafana, ledger } = await open();
    await bench.send(odd(1));
    grafana.annotations.splice(0);
    await bench.pass(30_000);
    await bench.send(odd(1, { state: 'closed', endMs: NOW + 5000 }));
    expect(grafana.annotations).toHaveLength(0);
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'abandoned', dirty: false });
    expect(bench.metric('sentinel_grafana_annotations_total{outcome="abandoned"}')).toBe(1);
  });

  test('a right that was lost is not taken for a deletion', async () => {
    const { grafana, ledger } = await open();
    await bench.send(odd(1));
    grafana.setMood({ kind: 'answers', status: 403 }, 'PATCH');
    await bench.pass(30_000);
    await bench.send(odd(1, { state: 'closed', endMs: NOW + 5000 }));
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'created', dirty: true });
    grafana.setMood({ kind: 'well' }, 'PATCH');
    await bench.pass(300_000);
    expect(grafana.annotations).toMatchObject([{ timeEnd: NOW + 5000 }]);
  });

  test.each([401, 403])(
    '%i on a new one: it is kept, an alarm is raised once, and attempts are rare',
    async (status) => {
      const { grafana } = await open();
      grafana.setMood({ kind: 'answers', status });
      await bench.send(odd(1));
      await bench.pass(299_000, 1000);
      expect(grafana.requests).toHaveLength(1);
      await bench.pass(1000);
      expect(grafana.requests).toHaveLength(2);
      expect(bench.logged.filter((line) => line.startsWith('error'))).toHaveLength(1);
      grafana.setMood({ kind: 'well' });
      await bench.pass(300_000);
      expect(grafana.annotations).toHaveLength(1);
    },
  );

  test('400: the one record is given up with its reason, the next goes on', async () => {
    const { grafana, ledger } = await open();
    grafana.setMood({ kind: 'answers', status: 400, body: '{"message":"text field should not be empty"}' }, 'POST');
    await bench.send(odd(1));
    grafana.setMood({ kind: 'well' }, 'POST');
    await bench.send(odd(2));
    expect(ledger.records.get(keyOf(1))?.state).toBe('abandoned');
    expect(bench.logged.join('\n')).toContain('text field should not be empty');
    expect(grafana.annotations).toHaveLength(1);
  });

  test.each([
    ['a redirect is not followed', { status: 302, headers: { location: 'http://127.0.0.1:1/login' } }],
    ['a page in place of JSON is not believed', { status: 200, body: '<html>Sign in</html>' }],
    ['an endless answer is cut off', { status: 200, body: `{"id":1,"x":"${'x'.repeat(300_000)}"}` }],
    ['an answer without an id is not believed', { status: 200, body: '{}' }],
    ['an unknown address is an alarm', { status: 404 }],
  ])('%s', async (_name, answer) => {
    const { grafana, ledger } = await open();
    grafana.setMood({ kind: 'answers', ...answer });
    await bench.send(odd(1));
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'intended', dirty: true });
    expect(bench.metric('sentinel_grafana_failures_total{reason="misconfigured"}')).toBe(1);
    expect(bench.logged.filter((line) => line.startsWith('error'))).toHaveLength(1);
  });
});

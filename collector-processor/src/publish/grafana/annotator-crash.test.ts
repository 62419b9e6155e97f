import { afterEach, describe, expect, test } from '@jest/globals';
import type { AnnotationRecord } from '../../model/annotation-ledger.ts';
import { anAnnotation } from '../../store/testing/builders.ts';
import type { GrafanaAnnotatorOptions } from './annotator-options.ts';
import { type Bench, keyOf, NOW, odd, openBench, START } from './testing/annotator-bench.ts';

const HOUR = 3_600_000;
let bench: Bench;

async function open(overrides?: Partial<GrafanaAnnotatorOptions>): Promise<Bench> {
  bench = await openBench(overrides);
  return bench;
}

afterEach(() => bench.close());

function intended(number: number, part: Partial<AnnotationRecord> = {}): AnnotationRecord {
  return anAnnotation({ key: keyOf(number), tags: ['sentinel:incident', keyOf(number)], updatedAtMs: NOW, ...part });
}

describe('a crash or a lost answer never doubles an annotation', () => {
  test('posted but not noted: it is found by its tag', async () => {
    const { grafana, ledger } = await open();
    grafana.annotations.push({ id: 77, time: START, timeEnd: START, text: '', tags: [keyOf(1)], dashboardUID: '' });
    ledger.records.set(keyOf(1), intended(1));
    bench.stored.set('1', odd(1));
    await bench.restart();
    await bench.pass(5000);
    expect(bench.sent('POST')).toBe(0);
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'created', grafanaId: 77, dirty: false });
  });

  test('noted but not posted: it is posted, after a pause in which a last request may still arrive', async () => {
    const { grafana, ledger } = await open();
    ledger.records.set(keyOf(1), intended(1));
    bench.stored.set('1', odd(1));
    await bench.restart();
    await bench.pass(4999);
    expect(grafana.requests).toHaveLength(0);
    await bench.pass(1);
    expect(grafana.requests.map((request) => request.method)).toEqual(['GET', 'POST']);
    expect(grafana.annotations).toHaveLength(1);
  });

  test('the answer was lost: the next attempt finds it', async () => {
    const { grafana } = await open();
    grafana.setMood({ kind: 'lost' }, 'POST');
    await bench.send(odd(1));
    expect(grafana.annotations).toHaveLength(1);
    grafana.setMood({ kind: 'well' }, 'POST');
    await bench.pass(5000);
    expect(grafana.annotations).toHaveLength(1);
    expect(bench.ledger.records.get(keyOf(1))).toMatchObject({ state: 'created', grafanaId: 1 });
  });

  test('no answer within the time-out counts as lost', async () => {
    const { grafana } = await open({ timeout: 20 });
    grafana.setMood({ kind: 'silent' });
    await bench.send(odd(1));
    expect(bench.metric('sentinel_grafana_failures_total{reason="unavailable"}')).toBe(1);
  });
});

describe('regions that a restart left open', () => {
  test('end where their incident ended', async () => {
    const { grafana } = await open();
    await bench.send(odd(1));
    bench.stored.set('1', odd(1, { state: 'closed', endMs: NOW + 9000 }));
    await bench.restart();
    expect(grafana.annotations).toMatchObject([{ timeEnd: NOW + 9000 }]);
    expect(bench.ledger.records.get(keyOf(1))?.state).toBe('closed');
  });

  test('end when they were last written, if nobody knows the incident any more', async () => {
    const { grafana } = await open();
    await bench.send(odd(1));
    bench.clock.advance(HOUR);
    await bench.restart();
    expect(grafana.annotations).toMatchObject([{ timeEnd: NOW }]);
    expect(bench.ledger.records.get(keyOf(1))?.state).toBe('closed');
  });

  test('of single findings, which an earlier release drew, end when they were last written', async () => {
    const { ledger } = await open();
    const old = anAnnotation({ key: 'finding:0123', state: 'created', grafanaId: 1, dirty: false, updatedAtMs: NOW });
    ledger.records.set('finding:0123', old);
    await bench.restart();
    expect(ledger.records.get('finding:0123')).toMatchObject({ endMs: NOW });
  });

  test('go on if their incident goes on', async () => {
    const { grafana } = await open();
    await bench.send(odd(1));
    bench.stored.set('1', odd(1));
    await bench.restart();
    expect(bench.ledger.records.get(keyOf(1))?.state).toBe('created');
    await bench.pass(30_000);
    await bench.send(odd(1, { state: 'closed', endMs: NOW + 60_000 }));
    expect(grafana.annotations).toMatchObject([{ timeEnd: NOW + 60_000 }]);
    expect(bench.sent('POST')).toBe(1);
  });

  test('a lost closing event is made up for in the next comparison', async () => {
    const { grafana } = await open();
    await bench.send(odd(1));
    bench.stored.set('1', odd(1, { state: 'closed', endMs: NOW + 9000 }));
    await bench.pass(600_000);
    expect(grafana.annotations).toMatchObject([{ timeEnd: NOW + 9000 }]);
  });
});

describe('the ledger', () => {
  test('no intent, no annotation; the incident waits until it can be written', async () => {
    const { grafana, ledger } = await open();
    ledger.fault = new Error('disk full');
    await bench.send(odd(1));
    expect(grafana.requests).toHaveLength(0);
    expect(bench.metric('sentinel_grafana_ledger_errors_total')).toBe(1);
    ledger.fault = undefined;
    await bench.pass(5000);
    expect(grafana.annotations).toHaveLength(1);
  });

  test('a ledger that fails right after the POST leads to a look-up, not to a second POST', async () => {
    const { grafana, ledger } = await open();
    const put = ledger.put.bind(ledger);
    Object.assign(ledger, {
      put: (record: AnnotationRecord) =>
        record.state === 'created' ? Promise.reject(new Error('locked')) : put(record),
    });
    await bench.send(odd(1));
    Object.assign(ledger, { put });
    await bench.pass(5000);
    expect([bench.sent('POST'), bench.sent('GET')]).toEqual([1, 1]);
    expect(grafana.annotations).toHaveLength(1);
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'created', dirty: false });
  });

  test('what waits at a stop becomes an intent', async () => {
    const { grafana, ledger } = await open();
    grafana.setMood({ kind: 'answers', status: 503 });
    await bench.send(odd(1));
    bench.annotator.incident(odd(2));
    await bench.annotator.stop();
    expect(ledger.records.get(keyOf(2))).toMatchObject({ state: 'intended', dirty: true });
  });

  test('a request under way at a stop is cut off after a grace time', async () => {
    const { grafana } = await open();
    grafana.setMood({ kind: 'silent' });
    bench.annotator.incident(odd(1));
    while (grafana.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const stopped = bench.annotator.stop();
    bench.clock.advance(2000);
    await stopped;
    expect(bench.ledger.records.get(keyOf(1))?.state).toBe('intended');
  });
});

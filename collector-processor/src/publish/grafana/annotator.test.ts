import { afterEach, describe, expect, test } from '@jest/globals';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { aChange } from '../../store/testing/builders.ts';
import type { GrafanaAnnotatorOptions } from './annotator-options.ts';
import { createGrafanaAnnotator } from './annotator.ts';
import { type Bench, defaults, keyOf, NOW, odd, openBench, START, TOKEN } from './testing/annotator-bench.ts';

let bench: Bench;

async function open(overrides?: Partial<GrafanaAnnotatorOptions>): Promise<Bench> {
  bench = await openBench(overrides);
  return bench;
}

afterEach(() => bench.close());

describe('the life of a region', () => {
  test('it is created at the start and gets its end at the end', async () => {
    const { grafana, ledger } = await open();
    await bench.send(odd(1));
    expect(grafana.annotations).toMatchObject([{ time: START, timeEnd: NOW }]);
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'created', dirty: false, grafanaId: 1 });

    await bench.pass(30_000);
    await bench.send(odd(1, { state: 'closed', endMs: NOW + 20_000, severity: 'major' }));
    expect(grafana.annotations).toMatchObject([{ id: 1, time: START, timeEnd: NOW + 20_000 }]);
    expect(grafana.annotations[0]?.tags).toEqual([
      'sentinel:incident',
      'incident:1',
      'severity:major',
      'service:checkout',
      keyOf(1),
    ]);
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'closed', dirty: false });
    expect([bench.sent('POST'), bench.sent('PATCH'), bench.sent('GET')]).toEqual([1, 1, 0]);
  });

  test('updates of a burst become one edit, and edits keep their distance', async () => {
    const { grafana } = await open();
    await bench.send(odd(1));
    for (let second = 1; second <= 29; second++) {
      bench.annotator.incident(odd(1, { endMs: NOW + second * 1000 }));
      await bench.pass(1000);
    }
    expect(bench.sent('PATCH')).toBe(0);
    await bench.pass(1000);
    expect(bench.sent('PATCH')).toBe(1);
    expect(grafana.annotations[0]?.timeEnd).toBe(NOW + 29_000);
  });

  test('a long region grows in longer steps', async () => {
    await open();
    const hour = 3_600_000;
    await bench.send(odd(1, { startMs: NOW - hour }));
    for (let step = 0; step < 15; step++) {
      bench.annotator.incident(odd(1, { startMs: NOW - hour, endMs: NOW + step }));
      await bench.pass(30_000);
    }
    expect(bench.sent('PATCH')).toBe(2);
  });

  test('one that opened and closed before it was written is one complete region', async () => {
    const { grafana, ledger } = await open();
    bench.annotator.incident(odd(1));
    await bench.send(odd(1, { state: 'closed', endMs: NOW + 5000 }));
    expect(grafana.annotations).toMatchObject([{ time: START, timeEnd: NOW + 5000 }]);
    expect(ledger.records.get(keyOf(1))?.state).toBe('closed');
    expect(bench.sent('PATCH')).toBe(0);
  });

  test('notices are left out when only the page border is drawn', async () => {
    const { grafana } = await open({ border: 'page' });
    await bench.send(odd(1), odd(2, { severity: 'major' }));
    expect(grafana.annotations).toHaveLength(1);
  });

  test('annotations belong to the holder dashboard when one is set', async () => {
    const { grafana } = await open({ dashboardUid: 'sentinel-holder' });
    await bench.send(odd(1));
    expect(grafana.annotations[0]?.dashboardUID).toBe('sentinel-holder');
  });

  test('without an address nothing is written anywhere', async () => {
    const { grafana, ledger } = await open();
    await bench.annotator.stop();
    const unused = () => Promise.reject(new Error('unused'));
    const off = createGrafanaAnnotator({
      options: { ...defaults, url: '' },
      ...{ ledger, readIncident: unused, instanceId: '', fetch: unused, mask: String, random: () => 0 },
      clock: bench.clock,
      logger: silentLogger,
      metrics: createSelfMetrics(),
    });
    await off.start();
    off.incident(odd(1));
    off.change(aChange());
    await off.stop();
    expect(ledger.records.size + grafana.requests.length).toBe(0);
  });
});

describe('what becomes of an incident', () => {
  test('its region opens again when it fires again', async () => {
    const { grafana, ledger } = await open();
    await bench.send(odd(1));
    await bench.pass(30_000);
    await bench.send(odd(1, { state: 'watching', firing: 0 }));
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'closed', endMs: NOW });
    await bench.pass(30_000);
    await bench.send(odd(1, { endMs: NOW + 60_000 }));
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'created' });
    expect(grafana.annotations).toMatchObject([{ timeEnd: NOW + 60_000 }]);
    expect(bench.sent('POST')).toBe(1);
  });

  test('another cause is an edit when the interval is over, however long the region is', async () => {
    const { grafana } = await open();
    await bench.send(odd(1, { startMs: NOW - 3_600_000 }));
    const cause = { kind: 'change', title: 'deploy of payment 2.4.1', service: 'payment' } as const;
    const sure = { ...cause, verdict: 'supported', confidence: 'high', atMs: NOW } as const;
    await bench.send(odd(1, { startMs: NOW - 3_600_000, candidates: 2, cause: sure }));
    expect(bench.sent('PATCH')).toBe(0);
    await bench.pass(30_000);
    expect(grafana.annotations[0]?.text).toContain(
      '<br>Likely cause: deploy of payment 2.4.1, 12:00:00 UTC (supported, high confidence)<br>1 service, 3 anomalies<br>',
    );
  });

  test('of those that were merged only the one that took them keeps its region, also over a lost answer', async () => {
    const { grafana, ledger } = await open();
    await bench.send(odd(1), odd(2));
    grafana.setMood({ kind: 'lost' }, 'DELETE');
    await bench.send(odd(1, { state: 'closed', mergedInto: '2' }));
    await bench.pass(30_000);
    grafana.setMood({ kind: 'well' }, 'DELETE');
    await bench.pass(60_000);
    expect(grafana.annotations.map(({ tags }) => tags.at(-1))).toEqual([keyOf(2)]);
    expect(ledger.records.get(keyOf(1))).toMatchObject({ state: 'abandoned', dirty: false });
  });

  test('one that is demoted is not drawn until it is listed again', async () => {
    const { grafana } = await open();
    await bench.send(odd(2, { demoted: 'unchanged', repeats: '1' }));
    await bench.pass(30_000);
    expect(grafana.annotations).toEqual([]);
    await bench.send(odd(2));
    expect(grafana.annotations).toHaveLength(1);
  });
});

describe('changes', () => {
  test('a deploy is a point with both versions', async () => {
    const { grafana } = await open();
    bench.annotator.change(aChange({ id: 'c1', timeMs: NOW }));
    await bench.settled();
    expect(grafana.annotations).toMatchObject([
      { time: NOW, timeEnd: NOW, tags: ['sentinel:change', 'service:payment', 'change:c1'] },
    ]);
    expect(grafana.annotations[0]?.text).toMatch(/^Deploy: payment 2\.4\.0 to 2\.4\.1<br>production<br><a href/);
  });

  test('the same change seen again, also after a restart, is drawn once', async () => {
    const { grafana } = await open();
    bench.annotator.change(aChange());
    bench.annotator.change(aChange());
    await bench.settled();
    await bench.restart();
    bench.annotator.change(aChange());
    await bench.settled();
    expect(grafana.annotations).toHaveLength(1);
  });

  test('a roll-out of everything is capped apart from anomalies', async () => {
    const { grafana } = await open({ maxNew: 4 });
    for (let index = 0; index < 10; index++) bench.annotator.change(aChange({ id: `c${index}` }));
    await bench.send(odd(1));
    const titles = grafana.annotations.map((one) => one.text.replace(/<br>.*/, ''));
    expect(titles).toContain('7 more changes');
    expect(titles.filter((title) => title.startsWith('Minor'))).toHaveLength(1);
  });

  test('they can be switched off', async () => {
    const { grafana } = await open({ changes: false });
    bench.annotator.change(aChange());
    await bench.settled();
    expect(grafana.requests).toHaveLength(0);
  });
});

describe('budgets', () => {
  const about = { title: 'Checkout', service: 'shop', from: 'none', to: 'fast', rate: 14.4, left: 0.4 } as const;
  const crossing = { id: 'shop-checkout@1', slo: 'shop-checkout', atMs: START, ...about };

  test('a crossing is drawn once, however often it is told', async () => {
    const { grafana } = await open();
    for (let told = 0; told < 2; told++) {
      bench.annotator.budget(crossing);
      await bench.settled();
    }
    const texts = grafana.annotations.map(({ text }) => text);
    expect(texts).toEqual([expect.stringContaining('Checkout: burning fast, 14x')]);
  });

  test('they can be switched off', async () => {
    const { grafana } = await open({ budgets: false });
    bench.annotator.budget(crossing);
    await bench.settled();
    expect(grafana.requests).toHaveLength(0);
  });
});

describe('what is sent', () => {
  test('markup from telemetry arrives harmless', async () => {
    const { grafana } = await open();
    const service = '<img src=x onerror=alert(1)>';
    await bench.send(
      odd(1, { services: [service], lead: { id: 'a', seriesId: 's', sentence: `Errors of ${service} rose` } }),
    );
    const [annotation] = grafana.annotations;
    expect(annotation?.text).not.toMatch(/<img/);
    expect(annotation?.text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(annotation?.tags.join()).not.toContain('<');
  });

  test('private data is masked', async () => {
    const { grafana } = await open();
    await bench.send(odd(1, { lead: { id: 'a', seriesId: 's', sentence: 'mail of ana@shop.example' } }));
    expect(grafana.annotations[0]?.text).toContain('mail of [email]');
  });

  test('the token goes to Grafana and nowhere else', async () => {
    const { grafana } = await open();
    await bench.send(odd(1));
    grafana.setMood({ kind: 'answers', status: 401 });
    await bench.send(odd(2));
    expect(grafana.requests[0]?.authorization).toBe(`Bearer ${TOKEN}`);
    expect(bench.logged.length).toBeGreaterThan(0);
    expect(bench.logged.join('\n')).not.toContain(TOKEN);
  });
});

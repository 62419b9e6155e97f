import { afterEach, describe, expect, test } from '@jest/globals';
import type { GrafanaAnnotatorOptions } from './annotator-options.ts';
import { type Bench, keyOf, odd, openBench } from './testing/annotator-bench.ts';

let bench: Bench;

async function open(overrides?: Partial<GrafanaAnnotatorOptions>): Promise<Bench> {
  bench = await openBench(overrides);
  return bench;
}

afterEach(() => bench.close());

describe('the cap on new annotations', () => {
  test('beyond it one summary counts the rest and names the services', async () => {
    const { grafana } = await open({ maxNew: 8 });
    const storm = Array.from({ length: 20 }, (_unused, index) =>
      odd(index, { services: [index % 2 === 0 ? 'cart' : 'payment'] }),
    );
    await bench.send(...storm);
    expect(grafana.annotations).toHaveLength(7);
    expect(grafana.annotations[6]?.text).toMatch(/^14 more incidents<br>(cart 7, payment 7|payment 7, cart 7)<br><a /);

    await bench.send(odd(30));
    expect(grafana.annotations[6]?.text).toContain('14 more');
    await bench.pass(30_000);
    expect(grafana.annotations).toHaveLength(7);
    expect(grafana.annotations[6]?.text).toContain('15 more');
  });

  test('a storm of notices leaves room for pages', async () => {
    const { grafana } = await open({ maxNew: 8 });
    await bench.send(...Array.from({ length: 50 }, (_unused, index) => odd(index)));
    await bench.send(...Array.from({ length: 5 }, (_unused, index) => odd(100 + index, { severity: 'major' })));
    const pages = grafana.annotations.filter((one) => one.tags.includes('severity:major'));
    expect(pages).toHaveLength(2);
  });

  test('a summarised notice that becomes a page is drawn after all', async () => {
    const { grafana } = await open({ maxNew: 4 });
    await bench.send(odd(1), odd(2), odd(3), odd(4));
    expect(grafana.annotations.some((one) => one.tags.includes(keyOf(4)))).toBe(false);
    await bench.pass(30_000);
    await bench.send(odd(4, { severity: 'major' }));
    expect(grafana.annotations.some((one) => one.tags.includes(keyOf(4)))).toBe(true);
  });

  test('after the window new ones are drawn again and a new storm gets a new summary', async () => {
    const { grafana } = await open({ maxNew: 1 });
    await bench.send(odd(1), odd(2));
    await bench.pass(600_000);
    await bench.send(odd(3), odd(4));
    expect(grafana.annotations.map((one) => one.text.replace(/<br>.*/, ''))).toEqual([
      expect.stringContaining('Minor'),
      '1 more incident',
      expect.stringContaining('Minor'),
      '1 more incident',
    ]);
  });

  test('events beyond the memory of the annotator are counted in the summary, not lost', async () => {
    const { grafana } = await open({ maxTracked: 3 });
    await bench.send(...Array.from({ length: 8 }, (_unused, index) => odd(index)));
    expect(grafana.annotations.map((one) => one.text).join()).toContain('5 more incidents');
    expect(grafana.annotations).toHaveLength(4);
  });

  test('a restart does not open the cap again', async () => {
    const { grafana } = await open({ maxNew: 1 });
    await bench.send(odd(1));
    bench.stored.set('1', odd(1));
    await bench.restart();
    await bench.send(odd(2));
    expect(grafana.annotations.map((one) => one.tags.includes(keyOf(2)))).toEqual([false, false]);
  });
});

import { afterEach, expect, test } from '@jest/globals';
import { type Bench, NOW, odd, openBench } from './testing/annotator-bench.ts';

let bench: Bench;
afterEach(() => bench.close());

test('while another process draws nothing is asked of Grafana, and nothing is written', async () => {
  bench = await openBench();
  bench.duty.period = undefined;
  await bench.send(odd(1));
  await bench.pass(60_000, 1000);
  expect(bench.grafana.requests).toHaveLength(0);
  expect(bench.ledger.records.size).toBe(0);
});

test('who draws again reads what became of the ledger meanwhile, and ends what has ended', async () => {
  bench = await openBench();
  await bench.send(odd(1));
  bench.duty.period = undefined;
  await bench.pass(1000);
  bench.stored.set('1', odd(1, { state: 'closed', endMs: NOW + 5000 }));
  await bench.pass(2000);
  expect(bench.sent('PATCH')).toBe(0);
  bench.duty.period = 2;
  await bench.pass(60_000, 1000);
  expect(bench.grafana.annotations).toMatchObject([{ timeEnd: NOW + 5000 }]);
});

test('who does not draw stops without a last word', async () => {
  bench = await openBench();
  bench.duty.period = undefined;
  bench.annotator.incident(odd(1));
  await bench.annotator.stop();
  expect(bench.ledger.records.size).toBe(0);
});

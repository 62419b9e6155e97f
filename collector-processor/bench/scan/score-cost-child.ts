/**
 * Scores generated gauges and counters in a process of its own and prints what that cost:
 *
 *   node collector-processor/bench/scan/score-cost-child.ts <series> [<max_series>]
 */
import { createMask } from '../../src/runtime/masking.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { createEngine } from '../../src/score/engine.ts';
import { detectors } from '../../src/score/registry.ts';
import { pointColumns, readTestAttributes } from '../../src/score/testing/columns.ts';
import { createRandom } from '../../src/score/testing/random.ts';
import { resourceOf } from '../../src/score/testing/resources.ts';
import { shippedOptions } from '../../src/score/testing/test-options.ts';

const BATCH = 1000;
const BUCKET_MS = 10_000;
/** Enough for every series to be past its learning steps, and for both tiers to settle. */
const WARM_BUCKETS = 34;
const MEASURED_ITEMS = 600_000;
const NOISE = 4096;
const START_MS = Date.UTC(2026, 2, 3);

const series = Number(process.argv[2]);
const measuredBuckets = Math.max(8, Math.ceil(MEASURED_ITEMS / series));
const shipped = shippedOptions();
const options = { ...shipped, maxSeries: Number(process.argv[3] ?? shipped.maxSeries) };

let nowMs = START_MS;
const engine = createEngine({
  ...{ options, detectors, metrics: createSelfMetrics(), readAttributes: readTestAttributes, mask: createMask([]) },
  nowMs: () => nowMs,
  newId: () => '0'.repeat(32),
  onScores: () => undefined,
  onAnomaly: () => undefined,
  onChange: () => undefined,
});

const random = createRandom(1);
const noise = Float64Array.from({ length: NOISE }, () => random.normal());
/** One batch whose rows are written anew each time: half gauges, half counters, as different series. */
const batch = pointColumns(
  resourceOf({ service: 'bench' }),
  Array.from({ length: BATCH }, (_unused, i) => ({
    name: isGauge(i) ? 'bench.gauge' : 'bench.counter',
    kind: isGauge(i) ? ('gauge' as const) : ('sum' as const),
    timeMs: START_MS,
    startMs: START_MS - 60_000,
    value: 0,
    attributes: { route: '/cart', method: 'GET', status: '200' },
  })),
);

/** Points of one metric come together, as exporters send them. */
function isGauge(row: number): boolean {
  return row < BATCH / 2;
}

/** Time of this process alone, so that a busy machine does not show. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function fill(first: number, bucket: number): void {
  for (let i = 0; i < BATCH; i++) {
    const id = first + i;
    const odd = noise[(id * 31 + bucket * 17) % NOISE] ?? 0;
    batch.attributesLow[i] = Math.imul(id + 1, 0x9e3779b1);
    batch.attributesHigh[i] = Math.imul(id + 1, 0x85ebca6b);
    batch.timeMs[i] = nowMs - BUCKET_MS / 2;
    batch.value[i] = isGauge(i) ? 100 + (id % 50) + 5 * odd : 1000 * bucket + 20 * odd + (id % 100);
  }
}

function run(bucket: number): { accept: number; close: number } {
  nowMs = START_MS + bucket * BUCKET_MS;
  let accept = 0;
  for (let first = 0; first < series; first += BATCH) {
    fill(first, bucket);
    const started = cpuMs();
    engine.accept(batch, '');
    accept += cpuMs() - started;
  }
  const started = cpuMs();
  const closing = engine.close();
  while (closing.next().done !== true);
  return { accept, close: cpuMs() - started };
}

for (let bucket = 1; bucket <= WARM_BUCKETS; bucket++) run(bucket);
let accept = 0;
let close = 0;
for (let bucket = 1; bucket <= measuredBuckets; bucket++) {
  const cost = run(WARM_BUCKETS + bucket);
  accept += cost.accept;
  close += cost.close;
}
const items = series * measuredBuckets;
const steps = engine.series.size * measuredBuckets;
console.log(
  JSON.stringify({
    series,
    ns_per_item: Math.round((accept * 1e6) / items),
    us_per_series_step: Number(((close * 1e3) / steps).toFixed(2)),
    fully_scored: engine.series.size,
    rss_mib: Math.round(process.memoryUsage.rss() / 2 ** 20),
  }),
);

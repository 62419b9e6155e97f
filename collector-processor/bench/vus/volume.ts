/**
 * Volume under the surface (VUS), Paparrizos et al. 2022, "Volume Under the Surface: A New Accuracy Evaluation Measure for
 * Time-Series Anomaly Detection", as TSB-AD counts it: the areas under the range-based precision-recall and ROC curves,
 * averaged over label edges softened by 0 to L points; 250 thresholds spread evenly over the ranks of the scores.
 */
export interface Volume {
  readonly pr: number;
  readonly roc: number;
}

/** Inclusive indices. */
type Segment = readonly [first: number, last: number];

const THRESHOLDS = 250;

/** Areas for one softening, from cumulative sums over the thresholds. */
interface Surface {
  /** First threshold at which a row is positive. */
  readonly from: Uint16Array;
  /** Rows that are positive at each threshold. */
  readonly positive: Float64Array;
  readonly anomalies: readonly Segment[];
  readonly anomalous: number;
  readonly rows: number;
}

/** Undefined without any labelled row, for which there is no recall. */
export function volumeUnderSurface(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  longest: number,
): Volume | undefined {
  const anomalies = segmentsOf(labels);
  if (anomalies.length === 0) return undefined;
  const anomalous = anomalies.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const surface = { ...thresholds(scores), anomalies, anomalous, rows: labels.length };
  let pr = 0;
  let roc = 0;
  for (let soft = 0; soft <= longest; soft++) {
    const areas = areasOf(surface, soft);
    pr += areas.pr;
    roc += areas.roc;
  }
  return { pr: pr / (longest + 1), roc: roc / (longest + 1) };
}

function segmentsOf(labels: ArrayLike<number>): Segment[] {
  const segments: Segment[] = [];
  let first = -1;
  for (let row = 0; row <= labels.length; row++) {
    const odd = row < labels.length && (labels[row] as number) > 0;
    if (odd && first < 0) first = row;
    if (odd || first < 0) continue;
    segments.push([first, row - 1]);
    first = -1;
  }
  return segments;
}

function thresholds(scores: ArrayLike<number>): Pick<Surface, 'from' | 'positive'> {
  const falling = Float64Array.from(scores).sort().reverse();
  const levels = Float64Array.from({ length: THRESHOLDS }, (_unused, at) => {
    return falling[Math.floor((at * (falling.length - 1)) / (THRESHOLDS - 1))] as number;
  });
  const from = Uint16Array.from(scores, (score) => firstAtMost(levels, score));
  const positive = new Float64Array(THRESHOLDS);
  for (const at of from) positive[at] = (positive[at] as number) + 1;
  return { from, positive: cumulated(positive) };
}

/** Levels fall; the first that is no higher than the score. */
function firstAtMost(levels: Float64Array, score: number): number {
  let low = 0;
  let high = levels.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((levels[middle] as number) <= score) high = middle;
    else low = middle + 1;
  }
  return low;
}

function cumulated(counts: Float64Array): Float64Array {
  for (let i = 1; i < counts.length; i++) counts[i] = (counts[i] as number) + (counts[i - 1] as number);
  return counts;
}

function areasOf(surface: Surface, soft: number): Volume {
  const { positive, anomalous, rows } = surface;
  const sure = new Float64Array(THRESHOLDS);
  for (const [first, last] of surface.anomalies) {
    for (let row = first; row <= last; row++) add(sure, surface.from[row] as number, 1);
  }
  const edges = softEdges(surface, soft);
  cumulated(sure);
  const { met, events } = eventsMet(surface, soft);
  let pr = 0;
  let roc = 0;
  let recallBefore = 0;
  let falseBefore = 0;
  for (let at = 0; at < THRESHOLDS; at++) {
    const edge = edges[at] as number;
    const hits = (sure[at] as number) + edge;
    const wanted = anomalous + edge / 2;
    const recall = (Math.min(hits / wanted, 1) * (met[at] as number)) / events;
    const falseRate = ((positive[at] as number) - hits) / (rows - wanted);
    pr += ((recall - recallBefore) * hits) / (positive[at] as number);
    roc += ((falseRate - falseBefore) * (recall + recallBefore)) / 2;
    recallBefore = recall;
    falseBefore = falseRate;
  }
  return { pr, roc: roc + ((1 - falseBefore) * (1 + recallBefore)) / 2 };
}

/** Weight of the softened label on positive rows beside the anomalies, for each threshold. */
function softEdges({ anomalies, from, rows }: Surface, soft: number): Float64Array {
  const reach = soft >> 1;
  const weights = new Map<number, number>();
  const isAnomalous = new Set<number>();
  const soften = (row: number, distance: number): void => {
    if (row < 0 || row >= rows) return;
    weights.set(row, Math.min(1, (weights.get(row) ?? 0) + Math.sqrt(1 - distance / soft)));
  };
  for (const [first, last] of anomalies) {
    for (let distance = 1; distance <= reach; distance++) {
      soften(last + distance, distance);
      soften(first - distance, distance);
    }
    for (let row = first; row <= last; row++) if (reach > 0) isAnomalous.add(row);
  }
  const edges = new Float64Array(THRESHOLDS);
  for (const [row, weight] of weights) if (!isAnomalous.has(row)) add(edges, from[row] as number, weight);
  return cumulated(edges);
}

/** Anomalies whose softened ranges touch count as one event; how many have a positive row at each threshold. */
function eventsMet({ anomalies, from, rows }: Surface, soft: number): { met: Float64Array; events: number } {
  const reach = soft >> 1;
  const met = new Float64Array(THRESHOLDS);
  let events = 0;
  let earliest = THRESHOLDS;
  anomalies.forEach(([first, last], index) => {
    const end = Math.min(rows - 1, last + reach);
    for (let row = Math.max(0, first - reach); row <= end; row++) earliest = Math.min(earliest, from[row] as number);
    const next = anomalies[index + 1];
    if (next !== undefined && last + reach >= next[0] - reach) return;
    events++;
    add(met, earliest, 1);
    earliest = THRESHOLDS;
  });
  return { met: cumulated(met), events };
}

function add(sums: Float64Array, at: number, weight: number): void {
  sums[at] = (sums[at] as number) + weight;
}

import { type PointColumns, pointKinds } from '../../src/model/columns.ts';
import { check, checkId, symbolText } from './check.ts';
import { compareCommon, type Item } from './compare-items.ts';
import { byteOrZero } from './compare-spans.ts';
import { bytes, child, doubles, has, list, long, longs, type Node, number, numberOrNaN } from './oracle-node.ts';

export interface PointItem extends Item {
  readonly metric: Node;
  readonly kind: number;
}

const members = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];

export function pointsOf(metrics: readonly Item[]): PointItem[] {
  return metrics.flatMap((item) => {
    const kind = members.findIndex((member) => has(item.node, member));
    const points = kind === -1 ? [] : list(child(item.node, members[kind]!), 'dataPoints');
    return points.map((node) => ({ ...item, node, metric: item.node, kind }));
  });
}

export function comparePoint(columns: PointColumns, row: number, item: PointItem): void {
  const { node, metric, kind } = item;
  const data = child(metric, members[kind]!);
  compareCommon(columns, row, item);
  check('metricName', columns.symbols.text(columns.metricName[row]!), symbolText(bytes(metric, 'name')));
  check('metricUnit', columns.symbols.text(columns.metricUnit[row]!), symbolText(bytes(metric, 'unit')));
  check('kind', pointKinds[columns.kind[row]!], pointKinds[kind]);
  check('temporality', columns.temporality[row], byteOrZero(number(data, 'aggregationTemporality')));
  check('monotonic', columns.monotonic[row], has(data, 'isMonotonic') ? 1 : 0);
  check('flags', columns.flags[row], number(node, 'flags'));
  check('startNano', columns.startNano[row], long(node, 'startTimeUnixNano'));
  check('timeNano', columns.timeNano[row], long(node, 'timeUnixNano'));
  check('timeMs', columns.timeMs[row], Number(long(node, 'timeUnixNano')) / 1e6);
  check('value', columns.value[row], has(node, 'asInt') ? Number(long(node, 'asInt')) : numberOrNaN(node, 'asDouble'));
  check('sampleCount', columns.sampleCount[row], kind <= 1 ? NaN : Number(long(node, 'count')));
  check('sampleSum', columns.sampleSum[row], kind === 4 ? number(node, 'sum') : numberOrNaN(node, 'sum'));
  check('min', columns.min[row], numberOrNaN(node, 'min'));
  check('max', columns.max[row], numberOrNaN(node, 'max'));
  compareBuckets(columns, row, item);
  const exemplars = list(node, 'exemplars').filter((exemplar) => bytes(exemplar, 'traceId').length === 16);
  check('exemplarCount', columns.exemplarCount[row], exemplars.length);
  exemplars.forEach((exemplar, index) => {
    const at = (columns.exemplarStart[row]! + index) * 16;
    checkId('exemplar', columns.exemplarTraceId.subarray(at, at + 16), { node: exemplar, name: 'traceId' });
  });
}

function compareBuckets(columns: PointColumns, row: number, { node, kind }: PointItem): void {
  const [positive, negative] = [child(node, 'positive'), child(node, 'negative')];
  const quantiles = list(node, 'quantileValues').flatMap((each) => [number(each, 'quantile'), number(each, 'value')]);
  const { bucketValue, boundValue, bucketStart, bucketCount, boundStart, boundCount } = columns;
  const run = (values: Float64Array, start: number, count: number) =>
    [...values.subarray(start, start + count)].map(String);
  const buckets = kind === 3 ? longs(positive, 'bucketCounts') : longs(node, 'bucketCounts');
  const bounds = kind === 4 ? quantiles : doubles(node, 'explicitBounds');
  check('buckets', run(bucketValue, bucketStart[row]!, bucketCount[row]!), buckets.map(String));
  check('bounds', run(boundValue, boundStart[row]!, boundCount[row]!), bounds.map(String));
  check(
    'negative',
    run(bucketValue, columns.negativeStart[row]!, columns.negativeCount[row]!),
    longs(negative, 'bucketCounts').map(String),
  );
  check('positiveOffset', columns.positiveOffset[row], number(positive, 'offset'));
  check('negativeOffset', columns.negativeOffset[row], number(negative, 'offset'));
  check('scale', columns.scale[row], number(node, 'scale'));
  check('zeroCount', columns.zeroCount[row], Number(long(node, 'zeroCount')));
  check('zeroThreshold', columns.zeroThreshold[row], number(node, 'zeroThreshold'));
}

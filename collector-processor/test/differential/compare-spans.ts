import { type LogColumns, type logAttributes, spanAttributes, type SpanColumns } from '../../src/model/columns.ts';
import { check, checkId, symbolText } from './check.ts';
import { compareCommon, type Item } from './compare-items.ts';
import { anyValue, bytes, child, list, long, type Node, number, text } from './oracle-node.ts';

/** Attributes that say who asks. */
const VISITORS = new Set(['user.id', 'enduser.id', 'session.id']);

export function compareSpan(columns: SpanColumns, row: number, item: Item): void {
  const { node } = item;
  compareCommon(columns, row, item);
  const symbol = (column: Int32Array) => columns.symbols.text(column[row]!);
  const [start, end] = [long(node, 'startTimeUnixNano'), long(node, 'endTimeUnixNano')];
  checkId('traceId', columns.traceId.subarray(row * 16, row * 16 + 16), { node, name: 'traceId' });
  checkId('spanId', columns.spanId.subarray(row * 8, row * 8 + 8), { node, name: 'spanId' });
  checkId('parentSpanId', columns.parentSpanId.subarray(row * 8, row * 8 + 8), { node, name: 'parentSpanId' });
  check('name', symbol(columns.name), symbolText(bytes(node, 'name')));
  check('kind', columns.kind[row], byteOrZero(number(node, 'kind')));
  check('statusCode', columns.statusCode[row], byteOrZero(number(child(node, 'status'), 'code')));
  check('flags', columns.flags[row], number(node, 'flags'));
  check('startNano', columns.startNano[row], start);
  check('endNano', columns.endNano[row], end);
  check('endMs', columns.endMs[row], Number(end) / 1e6);
  check('durationNs', columns.durationNs[row], start === 0n || end < start ? NaN : Number(end - start));
  compareLinks(columns, row, node);
  const exceptions = list(node, 'events').filter((event) => text(event, 'name') === 'exception');
  const types = exceptions.map((event) => scalarOf(list(event, 'attributes'), 'exception.type'));
  check('exceptionCount', columns.exceptionCount[row], exceptions.length);
  check('exceptionType', symbol(columns.exceptionType), types.find((type) => type !== '') ?? '');
  compareWeight(columns, row, node);
  compareProjected(columns, row, { node, names: spanAttributes });
}

function compareLinks(columns: SpanColumns, row: number, node: Node): void {
  const links = list(node, 'links').filter((link) => bytes(link, 'traceId').length === 16);
  check('linkCount', columns.linkCount[row], links.length);
  links.forEach((link, index) => {
    const at = columns.linkStart[row]! + index;
    checkId('link', columns.linkTraceId.subarray(at * 16, at * 16 + 16), { node: link, name: 'traceId' });
    checkId('link', columns.linkSpanId.subarray(at * 8, at * 8 + 8), { node: link, name: 'spanId' });
  });
}

/** By exact arithmetic, where the scanner has doubles. */
function compareWeight(columns: SpanColumns, row: number, node: Node): void {
  const member = text(node, 'traceState')
    .split(',')
    .map((each) => each.replace(/^[ \t]+/, ''))
    .find((each) => /^ot=./s.test(each));
  const threshold = member
    ?.slice(3)
    .split(';')
    .find((each) => /^th:./s.test(each))
    ?.slice(3)
    .replace(/[ \t]+$/, '');
  const isValid = threshold !== undefined && /^[0-9a-f]{1,14}$/.test(threshold);
  const rejected = isValid ? BigInt(`0x${threshold.padEnd(14, '0')}`) : 0n;
  const rates = list(node, 'attributes').filter((attribute) => text(attribute, 'key') === 'SampleRate');
  const rate = rates
    .map((attribute) => rateOf(child(attribute, 'value')))
    .findLast((each) => each >= 1 && each < Infinity);
  const expected = isValid ? 2 ** 56 / Number(2n ** 56n - rejected) : (rate ?? 1);
  check('weight', columns.weight[row], expected);
  check('weightStated', columns.weightStated[row], isValid || rate !== undefined ? 1 : 0);
}

function rateOf(value: Node): number {
  const { stringValue, intValue, doubleValue } = anyValue(value);
  if (intValue !== undefined) return Number(intValue);
  if (stringValue === undefined) return doubleValue ?? NaN;
  return bytes(value, 'stringValue').length > 20 ? NaN : Number.parseFloat(stringValue);
}

/** Attributes that have a column of their own, and the session. */
export function compareProjected(
  columns: SpanColumns | LogColumns,
  row: number,
  { node, names }: { node: Node; names: typeof spanAttributes | typeof logAttributes },
): void {
  const attributes = list(node, 'attributes');
  names.forEach((name, index) => {
    const symbol = columns.projected[row * names.length + index]!;
    check(name, columns.symbols.text(symbol), scalarOf(attributes, name));
  });
  if (columns.signal === 'traces') check('visitor', columns.visitorHash[row] !== 0, saysVisitor(attributes));
  else check('session', columns.sessionHash[row] !== 0, saysSession(attributes));
}

/** A user or a session under any of the names that say so, wherever they stand. */
function saysVisitor(attributes: readonly Node[]): boolean {
  return attributes.some((attribute) => VISITORS.has(text(attribute, 'key')) && hasText(attribute));
}

/** The last one of the name counts. */
function saysSession(attributes: readonly Node[]): boolean {
  return hasText(attributes.findLast((attribute) => text(attribute, 'key') === 'session.id') ?? {});
}

function hasText(attribute: Node): boolean {
  return bytes(child(attribute, 'value'), 'stringValue').length > 0;
}

/** Text of the last attribute of this name; lists, maps and bytes count as absent. */
function scalarOf(attributes: readonly Node[], name: string): string {
  const value = child(attributes.findLast((attribute) => text(attribute, 'key') === name) ?? {}, 'value');
  const { intValue, boolValue, doubleValue, stringValue } = anyValue(value);
  if (stringValue !== undefined) return symbolText(bytes(value, 'stringValue'));
  const scalar = intValue ?? boolValue ?? doubleValue;
  return scalar === undefined ? '' : String(scalar);
}

/** Values that a column of bytes cannot hold are 0. */
export function byteOrZero(value: number): number {
  return value >= 0 && value <= 255 ? value : 0;
}

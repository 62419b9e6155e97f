import { attributeText } from '../../src/decode/attribute-text.ts';
import { readBodyText } from '../../src/decode/read-item-attributes.ts';
import { type LogColumns, logAttributes } from '../../src/model/columns.ts';
import { check, checkId, symbolText } from './check.ts';
import { compareCommon, type Item } from './compare-items.ts';
import { byteOrZero, compareProjected } from './compare-spans.ts';
import { anyValue, bytes, child, has, long, number } from './oracle-node.ts';
import { wireFields } from './wire-fields.ts';

export function compareLog(columns: LogColumns, row: number, item: Item): void {
  const { node } = item;
  compareCommon(columns, row, item);
  const [time, observed] = [long(node, 'timeUnixNano'), long(node, 'observedTimeUnixNano')];
  check('timeNano', columns.timeNano[row], time);
  check('observedNano', columns.observedNano[row], observed);
  check('timeMs', columns.timeMs[row], Number(time === 0n ? observed : time) / 1e6);
  check('severityNumber', columns.severityNumber[row], byteOrZero(number(node, 'severityNumber')));
  check('severityText', columns.symbols.text(columns.severityText[row]!), symbolText(bytes(node, 'severityText')));
  check('eventName', columns.symbols.text(columns.eventName[row]!), symbolText(bytes(node, 'eventName')));
  check('flags', columns.flags[row], number(node, 'flags'));
  checkId('traceId', columns.traceId.subarray(row * 16, row * 16 + 16), { node, name: 'traceId' });
  checkId('spanId', columns.spanId.subarray(row * 8, row * 8 + 8), { node, name: 'spanId' });
  compareProjected(columns, row, { node, names: logAttributes });
  const body = child(node, 'body');
  const isText = Object.keys(anyValue(body)).length === 0 || has(body, 'stringValue');
  check('bodyIsText', columns.bodyIsText[row], isText ? 1 : 0);
  if (isText || !isBodyGivenTwice(columns, row))
    check('body', readBodyText(columns, row), attributeText(anyValue(body)));
}

/** Lists and maps of two bodies are not joined: the last one counts. */
function isBodyGivenTwice(columns: LogColumns, row: number): boolean {
  const item = columns.payload.subarray(columns.itemStart[row], columns.itemEnd[row]);
  return wireFields(item).filter(({ number: field, wire }) => field === 5 && wire === 2).length > 1;
}

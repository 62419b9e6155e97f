import { type Decoded } from '../model/otlp/plain-message.ts';

/** An attribute value as text: what it says, lists and maps as JSON, bytes as base64, nothing as the empty text. */
export function attributeText(value: Decoded<'AnyValue'>): string {
  return value.stringValue ?? (isEmpty(value) ? '' : jsonText(value));
}

function isEmpty(value: Decoded<'AnyValue'>): boolean {
  return Object.keys(value).length === 0;
}

/** Written by hand, because whole numbers of 64 bits do not survive `JSON.stringify`. */
function jsonText(value: Decoded<'AnyValue'>, nested = false): string {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = value;
  if (stringValue !== undefined) return JSON.stringify(stringValue);
  if (intValue !== undefined) return String(intValue);
  if (boolValue !== undefined) return String(boolValue);
  if (doubleValue !== undefined) return nested ? JSON.stringify(doubleValue) : String(doubleValue);
  if (bytesValue !== undefined) {
    const base64 = Buffer.from(bytesValue).toString('base64');
    return nested ? JSON.stringify(base64) : base64;
  }
  if (arrayValue !== undefined) return `[${(arrayValue.values ?? []).map((item) => jsonText(item, true)).join(',')}]`;
  if (kvlistValue === undefined) return 'null';
  const entries = (kvlistValue.values ?? []).map(
    ({ key = '', value: item = {} }) => `${JSON.stringify(key)}:${jsonText(item, true)}`,
  );
  return `{${entries.join(',')}}`;
}

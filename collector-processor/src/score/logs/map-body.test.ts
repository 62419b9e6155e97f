import { describe, expect, test } from '@jest/globals';
import { encodeMessage } from '../../model/otlp/encode.ts';
import { anyone, createTestMiner } from '../testing/mining.ts';
import { bodyKind } from './map-body.ts';

type Value = Parameters<typeof encodeMessage<'AnyValue'>>[1];

function map(entries: Readonly<Record<string, Value>>): Value {
  return { kvlistValue: { values: Object.entries(entries).map(([key, value]) => ({ key, value })) } };
}

function text(stringValue: string): Value {
  return { stringValue };
}

function templateOf(value: Value, cut = 0): string {
  const miner = createTestMiner(10);
  const bytes = encodeMessage('AnyValue', value);
  return miner.text(miner.learnValue(bytes, 0, bytes.length - cut, anyone(miner)));
}

describe('the kind of a map', () => {
  test('is that of its message, in the order of the usual names', () => {
    const body = map({ level: text('warn'), error: text('no route 7'), msg: text('order 4711 shipped'), n: text('x') });
    expect(templateOf(body)).toBe('order <*> shipped');
    expect(templateOf(map({ level: text('warn'), error: text('no route 7') }))).toBe('no route <*>');
  });

  test('is its keys when it has no message, those of maps inside too', () => {
    const client = map({ ip: text('10.0.0.1'), tags: { arrayValue: { values: [text('a'), text('b')] } } });
    expect(templateOf(map({ user: text('ana'), client, ok: { boolValue: true } }))).toBe(
      'user <*> client ip <*> tags <*> ok <*>',
    );
  });

  test('has no keys of maps that lie deep', () => {
    const deep = map({ a: map({ b: map({ c: map({ d: text('x') }) }) }) });
    expect(templateOf(deep)).toBe('a b c <*>');
  });

  test('with many keys is read as far as there is room', () => {
    const body = map(
      Object.fromEntries(Array.from({ length: 500 }, (_unused, i) => [`key${'x'.repeat(i % 90)}`, text('v')])),
    );
    expect(templateOf(body).split(' ').length).toBeLessThanOrEqual(64);
  });
});

test.each<[string, Value]>([
  ['a list', { arrayValue: { values: [text('a')] } }],
  ['a number', { intValue: 7n }],
  ['an empty map', map({})],
])('%s is of one kind with its like', (_name, value) => {
  expect(templateOf(value)).toBe('<*>');
});

test('bytes and nothing have no kind', () => {
  const bytes = encodeMessage('AnyValue', { bytesValue: new Uint8Array([1, 2, 3]) });
  expect(bodyKind(bytes, 0, bytes.length)).toBe('nothing');
  expect(bodyKind(bytes, 0, 0)).toBe('nothing');
});

test('what is cut off is read as far as it goes', () => {
  const body = map({ user: text('ana'), client: text('10.0.0.1'), again: text('x') });
  const length = encodeMessage('AnyValue', body).length;
  for (let cut = 1; cut < length; cut++) expect(templateOf(body, cut)).toMatch(/^(<\*>|user.*)$/);
});

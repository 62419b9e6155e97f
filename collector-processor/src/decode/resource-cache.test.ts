import { expect, test } from '@jest/globals';
import { encodeMessage } from '../model/otlp/encode.ts';
import { attributes, type Attributes } from '../testing/telemetry-builder.ts';
import { ResourceCache } from './resource-cache.ts';

function message(values: Attributes): Uint8Array {
  return encodeMessage('Resource', { attributes: attributes(values) });
}

function named(name: string): Uint8Array {
  return message({ 'service.name': name });
}

function createCache(maxResources = 10, maxResourceMemory = 10_000): ResourceCache {
  const cache = new ResourceCache({ maxResources, maxResourceMemory, identityAttributes: ['service.name'] });
  cache.begin();
  return cache;
}

test('the same bytes give the same object, batch after batch', () => {
  const cache = createCache();
  cache.rowOf(named('a'));
  const [first] = cache.resources;
  cache.begin();
  expect(cache.rowOf(named('b'))).toBe(0);
  expect(cache.rowOf(named('a'))).toBe(1);
  expect(cache.rowOf(named('a'))).toBe(1);
  expect(cache.resources[1]).toBe(first);
});

test('a resource is known again though the memory it came in serves other requests', () => {
  const cache = createCache();
  const payload = Buffer.from(named('a'));
  cache.rowOf(payload);
  const [first] = cache.resources;
  payload.fill(0);
  cache.begin();
  cache.rowOf(Buffer.from(named('a')));
  expect(cache.resources[0]).toBe(first);
});

test('values of every kind are kept as text, of a key given twice the last one', () => {
  const cache = createCache();
  const values = {
    text: 'a',
    whole: -3,
    half: 0.5,
    yes: true,
    list: {
      arrayValue: { values: [{ stringValue: 'a "b"' }, { intValue: '9007199254740993' }, { boolValue: false }, {}] },
    },
    map: { kvlistValue: { values: [{ key: 'k', value: { doubleValue: NaN } }, {}] } },
    bytes: { bytesValue: new Uint8Array([1, 2, 255]) },
    none: {},
  };
  cache.rowOf(Buffer.concat([message({ text: 'first' }), message(values)]));
  expect(Object.fromEntries(cache.resources[0]!.attributes)).toEqual({
    text: 'a',
    whole: '-3',
    half: '0.5',
    yes: 'true',
    list: '["a \\"b\\"",9007199254740993,false,null]',
    map: '{"k":null,"":null}',
    bytes: 'AQL/',
    none: '',
  });
});

test('the least recently seen resource goes first', () => {
  const cache = createCache(2);
  for (const name of ['a', 'b', 'a', 'c']) {
    cache.begin();
    cache.rowOf(named(name));
  }
  expect([cache.size, cache.evicted]).toEqual([2, 1]);
  cache.begin();
  cache.rowOf(named('a'));
  expect(cache.evicted).toBe(1);
  cache.rowOf(named('b'));
  expect(cache.evicted).toBe(2);
});

test('resources larger than the memory for them are given but not kept', () => {
  const cache = createCache(10, 100);
  cache.rowOf(named('a'));
  expect(cache.rowOf(named('x'.repeat(200)))).toBe(1);
  expect(cache.resources[1]?.service).toHaveLength(200);
  expect(cache.size).toBe(0);
});

test('one request may not bring more than are kept, and those it brought stay', () => {
  const cache = createCache(2);
  expect(['a', 'b', 'c', 'a', 'b'].map((name) => cache.rowOf(named(name)))).toEqual([0, 1, -1, 0, 1]);
  cache.begin();
  expect(cache.rowOf(named('c'))).toBe(0);
});

import { expect, test } from '@jest/globals';
import { addressParameters, defaults, parseAddress, toQuery } from './anomaly-address';

test('an address and its parameters are the same thing', () => {
  const address = {
    ...defaults,
    q: 'slow',
    state: 'all',
    severity: 'major',
    service: ['a', 'b'],
    from: 'now-1h',
    sort: 'service',
    page: 3,
    zoom: { fromMs: 1_760_000_000_000, toMs: 1_760_000_060_000 },
    view: 'table',
    sel: 'id',
  } as const;
  expect(parseAddress(addressParameters(address))).toEqual(address);
});

test('defaults leave no trace, and unknown values are dropped', () => {
  expect(addressParameters(defaults).toString()).toBe('');
  const odd = 'state=odd&severity=9&sort=evil&page=-4&zoom=9-1&view=pie&service=';
  expect(parseAddress(new URLSearchParams(odd))).toEqual(defaults);
});

test('while the range ends at now, the same minute asks the same question', () => {
  const query = toQuery(defaults);
  expect(query).not.toHaveProperty('to');
  expect((query.from ?? 1) % 60_000).toBe(0);
  expect(query.state).toBe('open');
});

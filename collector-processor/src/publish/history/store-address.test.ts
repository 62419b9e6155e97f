import { expect, test } from '@jest/globals';
import { storeAddress } from './store-address.ts';

test.each([
  ['http://vm:8428', 'http://vm:8428'],
  ['vm:8428/', 'http://vm:8428'],
  ['http://vm:8428/base/', 'http://vm:8428/base'],
  ['http://select:8481/select/0/prometheus', 'http://select:8481/select/0/prometheus'],
  ['http://vm:8428/opentelemetry/v1/metrics', 'http://vm:8428'],
  ['http://vm:8428/base/opentelemetry', 'http://vm:8428/base'],
])('%s is asked at %s', (text, endpoint) => {
  expect(storeAddress(text)).toEqual({ endpoint, headers: {} });
});

test('credentials in the address become a header, because fetch refuses them there', () => {
  const authorization = `Basic ${Buffer.from('ana:s/cret').toString('base64')}`;
  expect(storeAddress('https://ana:s%2Fcret@vm/x')).toEqual({ endpoint: 'https://vm/x', headers: { authorization } });
});

test('what is no address is none', () => {
  expect(storeAddress('http://')).toBeUndefined();
});

import { expect, test } from '@jest/globals';
import { attributeText } from './series-attributes.ts';

test.each([
  [{}, ''],
  [{ pool: 'eden' }, 'pool=eden'],
  [
    {
      'http.response.status_code': '201',
      'http.route': '/charge',
      'http.request.method': 'POST',
      'url.scheme': 'http',
      'network.protocol.version': '1.1',
      'server.address': 'payment',
    },
    'POST /charge 201',
  ],
  [{ 'http.request.method': 'GET', tier: 'gold' }, 'GET, tier=gold'],
  [{ 'server.address': 'cache-1' }, 'server.address=cache-1'],
  [{ a: '1', b: '2', c: '3', d: '4' }, 'a=1, b=2, c=3, …'],
])('%j is told as "%s"', (attributes, text) => {
  expect(attributeText(attributes)).toBe(text);
});

import { expect, test } from '@jest/globals';
import { parseListenAddress } from './listen-address.ts';

test.each([
  ['127.0.0.1:8480', '127.0.0.1', 8480],
  ['localhost:0', 'localhost', 0],
  ['[::1]:8480', '::1', 8480],
  [':8480', '::', 8480],
])('%s', (endpoint, host, port) => {
  expect(parseListenAddress(endpoint)).toEqual({ host, port });
});

test.each(['8480', '127.0.0.1', '::1:8480', 'host:99999', 'http://host:1', ''])('%j is refused', (endpoint) => {
  expect(() => parseListenAddress(endpoint)).toThrow('such as 127.0.0.1:8480');
});

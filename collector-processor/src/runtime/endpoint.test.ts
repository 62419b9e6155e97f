import { expect, test } from '@jest/globals';
import { parseEndpoint } from './endpoint.ts';
import { codeOf, messageOf } from './errors.ts';

test.each([
  ['0.0.0.0:4317', '0.0.0.0', 4317],
  ['localhost:0', 'localhost', 0],
  ['[::1]:65535', '::1', 65_535],
  [':4318', '::', 4318],
])('%s is host %s and port %d', (text, host, port) => {
  expect(parseEndpoint(text, 'x')).toEqual({ host, port });
});

test.each(['4317', '0.0.0.0', '::1:4317', '0.0.0.0:65536', 'http://0.0.0.0:4317', '', 'a:b', '/run/s:1'])(
  '%j is refused',
  (text) => {
    try {
      parseEndpoint(text, 'receivers.otlp.grpc.endpoint');
    } catch (error) {
      expect(codeOf(error)).toBe('SENTINEL_CONFIG_INVALID');
      expect(messageOf(error)).toContain('receivers.otlp.grpc.endpoint');
      return;
    }
    throw new Error('it was taken');
  },
);

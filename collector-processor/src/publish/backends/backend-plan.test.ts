import { describe, expect, test } from '@jest/globals';
import { forwardOptions } from '../../testing/forward-options.ts';
import type { BackendOptions } from '../forward-options.ts';
import { planBackend } from './backend-plan.ts';

function plan(name: string, settings: Readonly<Record<string, unknown>> = {}) {
  const options: BackendOptions | undefined = forwardOptions({
    backends: { [name]: { endpoint: 'http://host', ...settings } },
  }).backends[name];
  if (options === undefined) throw new TypeError(name);
  return planBackend(name, options);
}

describe('planBackend', () => {
  test.each([
    ['victoriametrics', 'http', ['metrics'], ['protobuf'], ['identity', 'gzip', 'zstd']],
    ['loki', 'http', ['logs'], ['protobuf', 'json'], ['identity', 'gzip', 'zstd']],
    ['tempo', 'http', ['traces'], ['protobuf', 'json'], ['identity', 'gzip', 'zstd']],
    ['otlphttp/mimir', 'http', ['traces', 'metrics', 'logs'], ['protobuf', 'json'], ['identity', 'gzip']],
    ['otlp', 'grpc', ['traces', 'metrics', 'logs'], ['protobuf'], ['identity', 'gzip']],
  ])('%s speaks %s and takes %p as %p with %p', (name, protocol, signals, encodings, compressions) => {
    const planned = plan(name);
    expect([planned.protocol, planned.signals]).toEqual([protocol, signals]);
    expect([[...planned.accepted.encodings], [...planned.accepted.compressions]]).toEqual([encodings, compressions]);
  });

  test('settings narrow what is taken, and widen compressions', () => {
    const { signals, accepted } = plan('otlphttp', {
      signals: ['logs'],
      encodings: ['protobuf'],
      compressions: ['zstd'],
    });
    expect([signals, [...accepted.encodings], [...accepted.compressions]]).toEqual([['logs'], ['protobuf'], ['zstd']]);
  });

  test('gRPC never takes JSON', () => {
    const { protocol, accepted } = plan('tempo', { protocol: 'grpc', encodings: ['json'] });
    expect([protocol, [...accepted.encodings]]).toEqual(['grpc', ['protobuf']]);
  });

  test('credentials: a bearer token before a name, the settings before the address', () => {
    const authorization = (settings: Readonly<Record<string, unknown>>) =>
      plan('loki', settings).connection.headers.authorization;
    const address = { endpoint: 'https://user:p%40ss@host' };
    expect(authorization(address)).toBe(`Basic ${btoa('user:p@ss')}`);
    expect(authorization({ endpoint: 'https://user:100%@host' })).toBe(`Basic ${btoa('user:100%')}`);
    expect(authorization({ ...address, auth: { username: 'a', password: 'b' } })).toBe(`Basic ${btoa('a:b')}`);
    expect(authorization({ ...address, auth: { username: 'a', bearer_token: 't' } })).toBe('Bearer t');
    expect(authorization({})).toBeUndefined();
  });

  test('files that cannot be read are named with their backend', () => {
    const build = () => plan('loki', { tls: { ca_file: '/no/such/ca.pem' } });
    expect(build).toThrow(/backend loki.*\/no\/such\/ca\.pem/);
  });
});

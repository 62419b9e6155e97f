import { describe, expect, test } from '@jest/globals';
import { joinPath, parseEndpoint } from './endpoint.ts';

describe('parseEndpoint', () => {
  test.each([
    ['http://loki:3100', 'http://loki:3100'],
    ['https://host/base', 'https://host'],
    ['localhost:4317', 'http://localhost:4317'],
    ['[::1]:4317', 'http://[::1]:4317'],
  ])('%s', (text, origin) => {
    expect(parseEndpoint(text)?.origin).toBe(origin);
  });

  test('what is no address is none', () => {
    for (const text of ['http://', 'http://a:b', 'http://a:99999']) expect(parseEndpoint(text)).toBeUndefined();
  });
});

describe('joinPath', () => {
  test.each([
    ['http://h', '/v1/logs', '/v1/logs'],
    ['http://h/', '/v1/logs', '/v1/logs'],
    ['http://h/base/', '/v1/logs', '/base/v1/logs'],
    ['http://h', '/otlp/v1/logs', '/otlp/v1/logs'],
    ['http://h/otlp', '/otlp/v1/logs', '/otlp/v1/logs'],
    ['http://h/otlp/v1/logs', '/otlp/v1/logs', '/otlp/v1/logs'],
    ['http://h/insert/0', '/opentelemetry/v1/metrics', '/insert/0/opentelemetry/v1/metrics'],
    ['http://h/insert/0/opentelemetry', '/opentelemetry/v1/metrics', '/insert/0/opentelemetry/v1/metrics'],
    ['http://h/v1/traces', '/v1/traces', '/v1/traces'],
    ['http://h/vm?extra_label=a=b', '/opentelemetry/v1/metrics', '/vm/opentelemetry/v1/metrics?extra_label=a=b'],
  ])('%s and %s give %s', (endpoint, typePath, path) => {
    expect(joinPath(new URL(endpoint), typePath)).toBe(path);
  });
});

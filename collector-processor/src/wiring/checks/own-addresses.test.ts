import { hostname } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { loadSettings, type Settings } from '../../config/schema.ts';
import type { Problem } from '../../runtime/yaml/problem.ts';
import { checkOwnAddresses, findOwnAddresses } from './own-addresses.ts';

const machine = { name: 'Gate-7.lan', addresses: ['127.0.0.1', '::1', '10.1.2.3', 'fd00::7'] };

function problems(
  text: string,
  check = (settings: Settings) => findOwnAddresses(settings, machine),
): readonly Problem[] {
  const result = loadSettings(text, { env: {}, readFile: () => '' }, [check]);
  return result.kind === 'invalid' ? result.problems : [];
}

function forwardTo(endpoint: string): string {
  return `forward:\n  backends:\n    otlphttp:\n      endpoint: "${endpoint}"\n`;
}

describe('with the default ports', () => {
  test.each([
    'localhost:4317',
    'http://localhost:4318',
    'http://LOCALHOST:4318/v1/traces',
    'https://127.0.0.1:4318',
    '127.0.0.1:8480',
    '127.8.8.8:4318',
    '0.0.0.0:4318',
    'http://10.1.2.3:4317',
    'gate-7:4317',
    'http://gate-7.lan:4318',
  ])('a backend at %s is Sentinel itself', (endpoint) => {
    expect(problems(forwardTo(endpoint))).toMatchObject([
      { line: 4, path: 'forward.backends.otlphttp.endpoint', remedy: expect.stringContaining('another port') },
    ]);
  });

  test.each([
    'localhost:14318',
    'http://localhost',
    'http://loki:4318',
    'http://gate-77:4318',
    'http://10.1.2.30:4318',
    // The receivers listen on IPv4 alone, the API on the loopback alone.
    'http://[::1]:4318',
    'http://10.1.2.3:8480',
  ])('a backend at %s is not', (endpoint) => {
    expect(problems(forwardTo(endpoint))).toEqual([]);
  });
});

test.each([
  ['":4318"', '[::1]:4318'],
  ['":4318"', '[fd00::7]:4318'],
  ['"[::1]:4318"', 'localhost:4318'],
  ['"[::1]:4318"', '[::]:4318'],
  ['localhost:4318', '127.0.0.1:4318'],
  ['gate-7:4318', '10.1.2.3:4318'],
  ['127.0.0.1:80', 'http://localhost'],
  ['127.0.0.1:443', 'https://localhost'],
])('who listens on %s is reached at %s', (listener, endpoint) => {
  const listening = `receivers: { otlp: { grpc: { enabled: false }, http: { endpoint: ${listener} } } }\n`;
  expect(problems(listening + forwardTo(endpoint))).toMatchObject([{ line: 5 }]);
});

test('findings and Grafana do not lead back either', () => {
  const text = [
    'publish:',
    '  backends: { otlp: { endpoint: "localhost:4317" } }',
    '  grafana: { url: "http://localhost:8480" }',
    'api: { grafana: { url: "http://localhost:8480" } }',
    '',
  ].join('\n');
  expect(problems(text).map(({ line }) => line)).toEqual([2, 3, 4]);
});

test('what is off, or gets a free port, is no way back', () => {
  const off = 'forward: { backends: { loki: { enabled: false, endpoint: "localhost:4318" } } }\n';
  const free = 'receivers: { otlp: { http: { endpoint: "127.0.0.1:0" } } }\n';
  const closed = 'receivers: { otlp: { http: { enabled: false } } }\n';
  expect(problems(off)).toEqual([]);
  expect(problems(free + forwardTo('http://127.0.0.1:4318'))).toEqual([]);
  expect(problems(closed + forwardTo('http://127.0.0.1:4318'))).toEqual([]);
});

test('the machine knows its own name', () => {
  expect(problems(forwardTo(`http://${hostname()}:4318`), checkOwnAddresses)).toHaveLength(1);
});

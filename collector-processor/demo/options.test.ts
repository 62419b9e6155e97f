import { expect, test } from '@jest/globals';
import { codeOf } from '../src/runtime/errors.ts';
import { parseOptions } from './options.ts';

test('without arguments the whole menu is played', () => {
  const options = parseOptions([]);
  expect(options.menu.map(({ name }) => name)).toEqual([
    'latency',
    'errors',
    'memory-leak',
    'log-storm',
    'silent-service',
    'bad-deploy',
  ]);
  expect(options).toMatchObject({ once: false, bucketMs: 1_000, learnMs: 50_000, ports: { grpc: 4317, api: 8480 } });
});

test('menu, times and servers are taken from the command line', () => {
  const options = parseOptions([
    '--menu',
    'errors,latency',
    '--learn',
    '1m',
    '--tempo',
    'http://t:3200',
    '--seed',
    '7',
  ]);
  expect(options.menu.map(({ name }) => name)).toEqual(['errors', 'latency']);
  expect(options).toMatchObject({ learnMs: 60_000, seed: 7, servers: { tempo: 'http://t:3200', loki: '' } });
});

test('another address for OTLP goes before that of Tempo', () => {
  const options = parseOptions(['--tempo', 'http://t:3200', '--tempo-otlp', 'http://t:4317']);
  expect(options.servers.tempo).toBe('http://t:4317');
});

test('a Sentinel that runs already is named with all of its addresses', () => {
  const running = { api: 'http://s:8480', grpc: 'http://s:4317', http: 'http://s:4318' };
  const args = ['--sentinel', running.api, '--otlp-grpc', running.grpc, '--otlp-http', running.http];
  expect(parseOptions(args).running).toEqual(running);
  expect(parseOptions([]).running).toBeUndefined();
});

test.each([
  [['--sentinel', 'http://s:8480'], 'belong together'],
  [['--menu', 'flood'], 'There is no fault "flood"'],
  [['--bucket', 'fast'], '--bucket takes a duration'],
  [['--seed', '-1'], 'seed'],
  [['--colour'], '--colour'],
])('%j is refused with a sentence', (args, text) => {
  const refuse = (): unknown => parseOptions(args);
  expect(refuse).toThrow(text);
  try {
    refuse();
  } catch (error) {
    expect(codeOf(error)).toBe('SENTINEL_USAGE');
  }
});

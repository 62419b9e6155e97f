import { expect, test } from '@jest/globals';
import { loadSettings } from '../../config/schema.ts';
import { checkContradictions } from './contradictions.ts';

function problems(text: string): string[] {
  const result = loadSettings(text, { env: {}, readFile: () => '' }, [checkContradictions]);
  if (result.kind === 'settings') return [];
  return result.problems.map(({ line, message, remedy }) => `${line}: ${message} ${remedy}`);
}

test('every request on disk needs a disk', () => {
  const always = 'forward: { write_ahead_log: { mode: always, path: none } }\n';
  expect(problems(always)).toEqual([expect.stringMatching(/^1: .*mode is always, and there is no folder/)]);
  expect(problems('store: { path: ":memory:" }\nforward: { write_ahead_log: { mode: always } }\n')).toHaveLength(1);
  expect(problems('forward: { write_ahead_log: { mode: always } }\n')).toEqual([]);
});

test('a limit of memory that nothing fits into is named; none at all is none', () => {
  const memory = (size: string): string[] =>
    problems(`decode: { reading: { max_heap: 64MiB } }\nreceivers: { otlp: { max_memory: ${size} } }\n`);
  expect(memory('200MiB')).toEqual([expect.stringMatching(/^2: receivers\.otlp\.max_memory is below 256MiB/)]);
  expect(memory('256MiB')).toEqual([]);
  expect(memory('0B')).toEqual([]);
});

test('the defaults do not contradict one another', () => {
  expect(problems('')).toEqual([]);
});

const otlp = 'receivers.otlp';
const log = 'forward.write_ahead_log';
test.each([
  [
    'receivers: { otlp: { max_request_size: 81MiB } }',
    `${otlp}.max_request_size`,
    `${otlp}.max_in_flight_per_connection`,
  ],
  [
    'receivers: { otlp: { max_in_flight_per_connection: 161MiB } }',
    `${otlp}.max_in_flight_per_connection`,
    `${otlp}.max_in_flight`,
  ],
  [
    'receivers: { otlp: { grpc: { stream_window: 9MiB } } }',
    `${otlp}.grpc.stream_window`,
    `${otlp}.grpc.connection_window`,
  ],
  ['forward: { write_ahead_log: { max_size: 64MiB } }', `${otlp}.max_request_size`, `${log}.max_size`],
  ['forward: { dead_letters: { max_size: 1MiB } }', `${otlp}.max_request_size`, 'forward.dead_letters.max_size'],
  [
    'forward: { write_ahead_log: { max_size: 128MiB, segment_size: 256MiB } }',
    `${log}.segment_size`,
    `${log}.max_size`,
  ],
  [
    'forward: { backends: { loki: { endpoint: l:1, retry: { initial_interval: 3s } } } }',
    'forward.backends.loki.retry.initial_interval',
    'forward.backends.loki.retry.max_interval',
  ],
  [
    'publish: { backends: { otlp/x: { endpoint: l:1, retry: { max_interval: 50ms } } } }',
    'publish.backends.otlp/x.retry.initial_interval',
    'publish.backends.otlp/x.retry.max_interval',
  ],
  ['score: { new_normal_after: 5s }', 'score.bucket', 'score.new_normal_after'],
  ['score: { idle_after: 9s }', 'score.bucket', 'score.idle_after'],
  ['publish: { grafana: { retry_initial: 2m } }', 'publish.grafana.retry_initial', 'publish.grafana.retry_max'],
  ['api: { grafana: { key_max_age: 1s } }', 'api.grafana.key_retry', 'api.grafana.key_max_age'],
])('%s', (text, small, large) => {
  expect(problems(`${text}\n`)).toEqual([
    expect.stringMatching(
      new RegExp(`^1: ${small} is (larger than|not smaller than) ${large}: .*Lower ${small} or raise ${large}`),
    ),
  ]);
});

test('the line is that of the setting that stands in the file', () => {
  expect(problems('receivers:\n  otlp:\n    max_in_flight: 32MiB\n')[0]).toMatch(/^3: /);
});

test('without a log its sizes contradict nothing', () => {
  expect(problems('forward: { write_ahead_log: { mode: "off", max_size: 1MiB } }\n')).toEqual([]);
  expect(problems('forward: { write_ahead_log: { path: none, max_size: 1MiB } }\n')).toEqual([]);
});

test('a Sentinel that listens on nothing is refused', () => {
  const off = 'receivers: { otlp: { grpc: { enabled: false }, http: { enabled: false } } }\n';
  expect(problems(off)).toEqual(['1: Both receivers are off: nothing can come in. Leave one of them on.']);
});

test('a lease that one failed renewal could cost', () => {
  expect(problems('store: { postgres: { lease: { renew_every: 4s } } }')).toEqual([
    expect.stringMatching(/renew_every is more than a third of .*duration.* Lower store\.postgres\.lease\.renew_every/),
  ]);
  expect(problems('store: { postgres: { lease: { renew_every: 4s, duration: 12s } } }')).toEqual([]);
});

test('a whole that is smaller than its parts contradicts each of them', () => {
  const found = problems('receivers: { otlp: { max_in_flight: 64MiB } }\n');
  const parts = ['max_request_size', 'max_in_flight_per_connection'];
  expect(found).toEqual(parts.map((part) => expect.stringContaining(`${otlp}.${part} is `)));
});

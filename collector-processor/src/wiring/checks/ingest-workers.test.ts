import { expect, test } from '@jest/globals';
import { loadSettings } from '../../config/schema.ts';
import { checkIngestWorkers } from './ingest-workers.ts';

function problems(otlp: string, rest = ''): string[] {
  const text = `receivers: { otlp: { ${otlp} } }\n${rest}`;
  const result = loadSettings(text, { env: {}, readFile: () => '' }, [checkIngestWorkers]);
  return result.kind === 'settings' ? [] : result.problems.map(({ message }) => message);
}

test('two threads are fine, and so is none with what several cannot do', () => {
  expect(problems('workers: 2')).toEqual([]);
  expect(problems('workers: 0, http: { endpoint: "127.0.0.1:0" }')).toEqual([]);
});

test.each([
  ['workers: 2, http: { endpoint: "127.0.0.1:0" }', '', 'share port 0 of receivers.otlp.http.endpoint'],
  ['workers: 2', 'telemetry: { traces_endpoint: "http://a:4317" }', 'are not traced'],
])('%s beside %s is refused', (otlp, rest, message) => {
  expect(problems(otlp, rest)).toEqual([expect.stringContaining(message)]);
});

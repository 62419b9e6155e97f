import { join } from 'node:path';
import { expect, test } from '@jest/globals';

interface Parts {
  readonly stream: { readonly isTTY: boolean; write(text: string): unknown };
  readonly now: () => number;
  readonly every: (ms: number, tell: () => void) => () => void;
}
type StartProgress = (what: string, parts: Parts) => { end(outcome: string): void };

const path = join(import.meta.dirname, '../../../tools/progress.mjs');
const { startProgress } = (await import(path)) as { startProgress: StartProgress };

/** What is written when it takes 61 seconds. */
function written(isTTY: boolean): string {
  let text = '';
  let nowMs = 0;
  let tell: () => void = () => undefined;
  let stepMs = Infinity;
  const progress = startProgress('Fetching', {
    stream: { isTTY, write: (more) => (text += more) },
    now: () => nowMs,
    every(ms, again) {
      tell = again;
      stepMs = ms;
      return () => (stepMs = Infinity);
    },
  });
  for (nowMs = stepMs; nowMs <= 61_000; nowMs += stepMs) tell();
  nowMs = 61_000;
  progress.end('done');
  expect(stepMs).toBe(Infinity);
  return text;
}

test('a log gets whole lines, few of them, and nothing that only a terminal understands', () => {
  expect(written(false)).toBe('Fetching …\nFetching … 30 s\nFetching … 60 s\nFetching: done after 61 s.\n');
});

test('a terminal gets one line, written again every second', () => {
  const text = written(true);
  expect(text.match(/\n/g)).toHaveLength(1);
  expect(text.split('\r\u001b[2K')).toHaveLength(1 + 1 + 61 + 1);
  expect(text).toMatch(/Fetching: done after 61 s\.\n$/);
});

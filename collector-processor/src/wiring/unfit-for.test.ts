import { expect, test } from '@jest/globals';
import { unfitFor } from './unfit-for.ts';

const backends = [
  { name: 'loki', signals: ['logs'] },
  { name: 'otlp/all', signals: ['traces', 'metrics', 'logs'] },
] as const;

test('a backend that takes the signal is fit', () => {
  expect(unfitFor('logs', 'loki', backends)).toBeUndefined();
});

test('one that takes others, or is not there, is named with what there is', () => {
  expect(unfitFor('traces', 'loki', backends)).toBe('The backend loki takes logs, not traces.');
  expect(unfitFor('traces', 'tempo', backends)).toMatch(/No backend "tempo".*take traces: otlp\/all/);
  expect(unfitFor('traces', 'tempo', [])).toContain('None takes traces');
});

import { expect, test } from '@jest/globals';
import type { BackendState } from '../../publish/backends/backend.ts';
import { mergeBackendStates } from './merge-backend-states.ts';

const state: BackendState = {
  name: 'loki',
  type: 'loki',
  signals: ['logs'],
  breaker: 'closed',
  inFlight: 1,
  queuedRequests: 2,
  queuedBytes: 3,
  delivered: 4,
  retried: 5,
  refused: 6,
};

test('each backend once: added up, with the worst breaker and the newest news', () => {
  const merged = mergeBackendStates([
    [{ ...state, lastSuccessMs: 7, lastError: { message: 'old', atMs: 1 } }],
    [{ ...state, breaker: 'open', lastSuccessMs: 9, lastError: { message: 'new', atMs: 2 } }],
    [{ ...state, name: 'tempo', type: 'tempo' }],
  ]);
  expect(merged).toEqual([
    {
      ...state,
      breaker: 'open',
      inFlight: 2,
      queuedRequests: 4,
      queuedBytes: 6,
      loggedBytes: 0,
      delivered: 8,
      retried: 10,
      refused: 12,
      lastSuccessMs: 9,
      lastError: { message: 'new', atMs: 2 },
    },
    { ...state, name: 'tempo', type: 'tempo' },
  ]);
});

import type { BackendState } from '../../publish/backends/backend.ts';

const worst = ['closed', 'half_open', 'open'];

/** Each backend as all threads see it: counts added up, the worst breaker, the newest success and error. */
export function mergeBackendStates(all: readonly (readonly BackendState[])[]): BackendState[] {
  const byName = new Map<string, BackendState>();
  for (const state of all.flat()) {
    const known = byName.get(state.name);
    byName.set(state.name, known === undefined ? state : together(known, state));
  }
  return [...byName.values()];
}

function together(one: BackendState, other: BackendState): BackendState {
  const successes = [one.lastSuccessMs, other.lastSuccessMs].filter((time) => time !== undefined);
  const [newest] = [one.lastError, other.lastError]
    .filter((error) => error !== undefined)
    .sort((left, right) => right.atMs - left.atMs);
  return {
    ...one,
    breaker: worst.indexOf(one.breaker) >= worst.indexOf(other.breaker) ? one.breaker : other.breaker,
    inFlight: one.inFlight + other.inFlight,
    queuedRequests: one.queuedRequests + other.queuedRequests,
    queuedBytes: one.queuedBytes + other.queuedBytes,
    loggedBytes: (one.loggedBytes ?? 0) + (other.loggedBytes ?? 0),
    delivered: one.delivered + other.delivered,
    retried: one.retried + other.retried,
    refused: one.refused + other.refused,
    ...(successes.length === 0 ? {} : { lastSuccessMs: Math.max(...successes) }),
    ...(newest === undefined ? {} : { lastError: newest }),
  };
}

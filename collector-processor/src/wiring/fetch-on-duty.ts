import type { Duty } from '../store/duty.ts';

type Fetch = typeof globalThis.fetch;

/**
 * Asks only while this process is the active one; what is under way when its duty ends is broken off. A process that was
 * paused comes to know of its end before anything that waited is sent.
 */
export function fetchOnDuty(duty: Duty, ask: Fetch): Fetch {
  if (duty.holder() === undefined) return ask;
  let period = new AbortController();
  duty.onChange((state) => {
    if (state === 'active') period = new AbortController();
    else period.abort(offDuty());
  });
  return (input, init) => {
    if (duty.state() !== 'active') return Promise.reject(offDuty());
    const signals = [period.signal, ...(init?.signal instanceof AbortSignal ? [init.signal] : [])];
    return ask(input, { ...init, signal: AbortSignal.any(signals) });
  };
}

function offDuty(): Error {
  return new Error('this process is not the active one');
}

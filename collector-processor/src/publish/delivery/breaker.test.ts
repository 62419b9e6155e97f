import { describe, expect, test } from '@jest/globals';
import { Breaker, type BreakerState } from './breaker.ts';

const options = { consecutiveFailures: 3, failureRatio: 0.5, minRequests: 10, window: 10_000, openFor: 5000 };

function createBreaker() {
  const changes: BreakerState[] = [];
  return { breaker: new Breaker(options, (state) => changes.push(state)), changes };
}

describe('Breaker', () => {
  test('opens after failures in a row and says how long it stays so', () => {
    const { breaker, changes } = createBreaker();
    for (let failure = 0; failure < 3; failure++) {
      expect(breaker.admit(0)).toBe(0);
      breaker.record('failed', 0);
    }
    expect([breaker.admit(0), breaker.admit(4000)]).toEqual([5000, 1000]);
    expect(changes).toEqual(['open']);
  });

  test('a success in between starts the row anew', () => {
    const { breaker } = createBreaker();
    for (const result of ['failed', 'failed', 'alive', 'failed', 'failed'] as const) breaker.record(result, 0);
    expect(breaker.state).toBe('closed');
  });

  test('opens when half of at least min_requests failed within the window', () => {
    const { breaker } = createBreaker();
    for (let pair = 0; pair < 4; pair++) for (const result of ['alive', 'failed'] as const) breaker.record(result, 0);
    expect(breaker.state).toBe('closed');
    breaker.record('alive', 0);
    breaker.record('failed', 0);
    expect(breaker.state).toBe('open');
  });

  test('failures beyond the window are forgotten', () => {
    const { breaker } = createBreaker();
    for (let pair = 0; pair < 4; pair++) for (const result of ['alive', 'failed'] as const) breaker.record(result, 0);
    breaker.record('alive', 20_000);
    breaker.record('failed', 20_000);
    expect(breaker.state).toBe('closed');
  });

  test('half open lets one attempt through; its failure opens it again, its success closes it', () => {
    const { breaker, changes } = createBreaker();
    for (let failure = 0; failure < 3; failure++) breaker.record('failed', 0);
    expect([breaker.admit(5000), breaker.admit(5000)]).toEqual([0, 5000]);
    breaker.record('failed', 6000);
    expect(breaker.admit(6000)).toBe(5000);
    expect(breaker.admit(11_000)).toBe(0);
    breaker.record('alive', 11_000);
    expect([breaker.admit(11_000), breaker.admit(11_000)]).toEqual([0, 0]);
    expect(changes).toEqual(['open', 'half_open', 'open', 'half_open', 'closed']);
  });
});

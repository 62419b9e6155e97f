import { SentinelError } from '../../runtime/errors.ts';

/** Hands out the one connection in order of asking. Bounded: who comes when `maxWaiting` others stand in line is refused. */
export function createTurns(maxWaiting: number) {
  const line: (() => void)[] = [];
  let taken = false;

  return {
    take(): Promise<void> {
      if (!taken) {
        taken = true;
        return Promise.resolve();
      }
      if (line.length >= maxWaiting) {
        return Promise.reject(new SentinelError('SENTINEL_STORE_BUSY', 'Too many statements wait for the store.'));
      }
      return new Promise((resolve) => line.push(resolve));
    },
    release(): void {
      const next = line.shift();
      if (next === undefined) taken = false;
      else next();
    },
    waiting: () => line.length,
  };
}

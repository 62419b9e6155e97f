import type { Clock } from './clock.ts';

/** Resolves when the work is done, or after `ms`. `work` must not reject. */
export async function waitAtMost(work: Promise<unknown>, ms: number, clock: Clock): Promise<void> {
  const done = new AbortController();
  await Promise.race([work, clock.sleep(ms, done.signal)]);
  done.abort();
}

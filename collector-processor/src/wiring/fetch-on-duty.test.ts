import { expect, test } from '@jest/globals';
import { alwaysActive } from '../store/duty.ts';
import { aDuty } from '../store/testing/duty.ts';
import { fetchOnDuty } from './fetch-on-duty.ts';

/** Answers only when it is broken off. */
const hangs: typeof fetch = (_input, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
  });
const answers: typeof fetch = () => Promise.resolve(new Response('yes'));

test('where nobody can take over it is the plain one', () => {
  expect(fetchOnDuty(alwaysActive, hangs)).toBe(hangs);
});

test('the active process asks, and again after it was not', async () => {
  const duty = aDuty('active');
  const ask = fetchOnDuty(duty, answers);
  expect(await (await ask('http://x')).text()).toBe('yes');
  duty.become('standby');
  await expect(ask('http://x')).rejects.toThrow('not the active one');
  duty.become('active');
  expect(await (await ask('http://x')).text()).toBe('yes');
});

test('what is under way is broken off when the duty ends', async () => {
  const duty = aDuty('active');
  const asking = fetchOnDuty(duty, hangs)('http://x', { signal: new AbortController().signal });
  duty.become('suspended');
  await expect(asking).rejects.toThrow('not the active one');
});

test('the limit that the caller gave still holds', async () => {
  const limit = new AbortController();
  const asking = fetchOnDuty(aDuty('active'), hangs)('http://x', { signal: limit.signal });
  limit.abort(new Error('too slow'));
  await expect(asking).rejects.toThrow('too slow');
});

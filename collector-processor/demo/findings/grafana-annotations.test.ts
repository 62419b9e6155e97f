import { describe, expect, test } from '@jest/globals';
import { type Clock, systemClock } from '../../src/runtime/clock.ts';
import { createAnnotationReader } from './grafana-annotations.ts';

const hasty: Clock = { ...systemClock, sleep: () => Promise.resolve() };

describe('when an annotation was made', () => {
  const abort = new AbortController().signal;

  test('is asked for by the finding, until it is there', async () => {
    const asked: string[] = [];
    const answers = [Response.json([]), new Response('', { status: 502 }), Response.json([{ created: 42 }])];
    const reader = createAnnotationReader({
      ...{ url: 'http://grafana:3000/', token: 'secret' },
      fetch: (input, init) => {
        asked.push(`${new Request(input).url} ${new Headers(init?.headers).get('authorization') ?? ''}`);
        return Promise.resolve(answers.shift() ?? Response.error());
      },
      clock: hasty,
    });
    expect(await reader.createdMs('f1', abort)).toBe(42);
    expect(asked).toHaveLength(3);
    expect(asked[0]).toBe(
      'http://grafana:3000/api/annotations?tags=finding%3Af1&type=annotation&limit=1 Bearer secret',
    );
  });

  test('is unknown when it never comes', async () => {
    const fetch = (): Promise<Response> => Promise.reject(new Error('refused'));
    expect(
      await createAnnotationReader({ url: '', token: '', fetch, clock: hasty }).createdMs('f1', abort),
    ).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import { type Clock, systemClock } from '../../src/runtime/clock.ts';
import { createAnnotationReader } from './grafana-annotations.ts';

const hasty: Clock = { ...systemClock, sleep: () => Promise.resolve() };

describe('when an annotation was made', () => {
  const abort = new AbortController().signal;

  test('is that of the first incident since then, once it is there', async () => {
    const asked: string[] = [];
    const answers = [
      Response.json([]),
      new Response('', { status: 502 }),
      Response.json([{ created: 50 }, { created: 42 }, { created: 3 }, null]),
    ];
    const reader = createAnnotationReader({
      ...{ url: 'http://grafana:3000/', token: 'secret' },
      fetch: (input, init) => {
        asked.push(`${new Request(input).url} ${new Headers(init?.headers).get('authorization') ?? ''}`);
        return Promise.resolve(answers.shift() ?? Response.error());
      },
      clock: hasty,
    });
    expect(await reader.createdMs(10, abort)).toBe(42);
    expect(asked).toHaveLength(3);
    expect(asked[0]).toBe(
      'http://grafana:3000/api/annotations?tags=sentinel%3Aincident&type=annotation&limit=100 Bearer secret',
    );
  });

  test('is unknown when it never comes', async () => {
    const fetch = (): Promise<Response> => Promise.reject(new Error('refused'));
    expect(
      await createAnnotationReader({ url: '', token: '', fetch, clock: hasty }).createdMs(10, abort),
    ).toBeUndefined();
  });
});

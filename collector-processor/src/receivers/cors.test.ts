import { afterEach, describe, expect, test } from '@jest/globals';
import { createCors } from './cors.ts';
import { json, send } from './testing/http-client.ts';
import { type ReceiversUnderTest, startReceivers } from './testing/receivers-under-test.ts';

const origin = 'https://shop.example.com';
const off = { allowedOrigins: [], allowedHeaders: [], maxAge: 7_200_000 };
const on = { ...off, allowedOrigins: ['https://*.example.com'], allowedHeaders: ['X-Team'] };
let running: ReceiversUnderTest | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

describe('allowed origins', () => {
  test.each([
    ['https://*.example.com', 'https://shop.example.com', true],
    ['https://*.example.com', 'https://a.b.example.com', true],
    ['https://*.example.com', 'https://example.com', false],
    ['https://*.example.com', 'http://shop.example.com', false],
    ['https://*.example.com', 'https://shop.example.com.evil.test', false],
    ['https://*.example.com', 'https://evil.test/.example.com', false],
    ['https://*.example.com', 'https://shopXexampleXcom', false],
    ['http://localhost:*', 'http://localhost:3000', true],
    ['https://shop.example.com', 'https://SHOP.example.com', true],
    ['*', 'null', true],
  ])('%s with %s: %s', (allowed, asked, isAllowed) => {
    const cors = createCors({ ...off, allowedOrigins: [allowed] });
    expect(cors?.response(asked).includes('Access-Control-Allow-Origin')).toBe(isAllowed);
    expect(cors?.preflight(asked, '').includes('Access-Control-Allow-Origin')).toBe(isAllowed);
  });

  test('no origins: nothing of CORS', () => {
    expect(createCors(off)).toBeUndefined();
  });
});

describe('on the port', () => {
  const preflight = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-team',
  };

  test('a preflight is answered without a token and without the handler', async () => {
    running = await startReceivers({ http: { cors: on }, auth: { bearerTokens: ['secret'] } });
    const reply = await send({ port: running.httpPort, method: 'OPTIONS', headers: { origin, ...preflight } });
    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, content-encoding, x-team',
      'access-control-max-age': '7200',
      vary: 'Origin',
    });
    expect(running.requests).toHaveLength(0);
  });

  test('a star allows the headers that are asked for', async () => {
    running = await startReceivers({ http: { cors: { ...on, allowedHeaders: ['*'] } } });
    const reply = await send({ port: running.httpPort, method: 'OPTIONS', headers: { origin, ...preflight } });
    expect(reply.headers['access-control-allow-headers']).toBe('content-type,x-team');
  });

  test('answers and refusals can be read by an allowed page', async () => {
    running = await startReceivers({ http: { cors: on } });
    const taken = await send({ port: running.httpPort, headers: { ...json, origin }, body: '{"a":1}' });
    expect(taken.headers['access-control-allow-origin']).toBe(origin);
    const refused = await send({
      port: running.httpPort,
      headers: { 'content-type': 'text/plain', origin },
      body: 'x',
    });
    expect(refused.status).toBe(415);
    expect(refused.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'Retry-After',
    });
  });

  test('another page gets no permission', async () => {
    running = await startReceivers({ http: { cors: on } });
    const headers = { origin: 'https://evil.test', ...preflight };
    const reply = await send({ port: running.httpPort, method: 'OPTIONS', headers });
    expect(reply.status).toBe(204);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('without CORS a preflight is a wrong method', async () => {
    running = await startReceivers();
    const reply = await send({ port: running.httpPort, method: 'OPTIONS', headers: { origin, ...preflight } });
    expect(reply.status).toBe(405);
    expect(reply.headers.vary).toBeUndefined();
  });
});

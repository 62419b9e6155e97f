import { afterEach, describe, expect, test } from '@jest/globals';
import type { DeadLetter } from '../../contract/dead-letter.ts';
import { NOON } from '../../store/testing/builders.ts';
import type { DeadLetterDesk } from '../providers.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

const PATH = '/api/v1/dead-letters';

const aLetter = (number: number, changes: Partial<DeadLetter> = {}): DeadLetter => ({
  id: `letter-${number}`,
  backend: 'loki',
  reason: 'HTTP 400: too old',
  signal: 'logs',
  diedAtMs: NOON,
  receivedAtMs: NOON,
  bytes: 3,
  encoding: 'protobuf',
  compression: 'identity',
  tenant: '',
  headers: {},
  refusedReplays: 0,
  ...changes,
});

function aDesk(letters: readonly DeadLetter[], changes: Partial<DeadLetterDesk> = {}): DeadLetterDesk {
  const known = (id: string) => letters.find((letter) => letter.id === id);
  return {
    list: () => letters.map((item, place) => ({ place, item })),
    show: (id) => {
      const letter = known(id);
      return Promise.resolve(letter && { ...letter, preview: { lines: ['checkout  a line'], isWhole: true } });
    },
    body: (id) => Promise.resolve(known(id) && Buffer.from([0, 255, 10])),
    replay: (id) => Promise.resolve({ kind: known(id) === undefined ? 'unknown' : 'delivered' }),
    drop: (id) => Promise.resolve(known(id) === undefined ? 'unknown' : 'dropped'),
    ...changes,
  };
}

let server: TestApi;
async function start(changes: Partial<DeadLetterDesk> = {}, letters = [aLetter(1), aLetter(2, { backend: 'tempo' })]) {
  server = await startApi({ providers: { deadLetters: aDesk(letters, changes) } });
}
afterEach(() => server.stop());

const bodyOf = async (response: Response) => (await response.json()) as Record<string, never>;

describe('reading', () => {
  test('lists page by page, filtered', async () => {
    await start(
      {},
      Array.from({ length: 5 }, (_, number) => aLetter(number, number === 2 ? { backend: 'tempo' } : {})),
    );
    const first = await bodyOf(await server.ask(`${PATH}?backend=loki&limit=3`));
    expect(first).toMatchObject({ items: [{ id: 'letter-0' }, { id: 'letter-1' }, { id: 'letter-3' }], total: 4 });
    const rest = await bodyOf(await server.ask(`${PATH}?backend=loki&limit=3&cursor=${String(first['nextCursor'])}`));
    expect(rest).toMatchObject({ items: [{ id: 'letter-4' }] });
    expect((await server.ask(`${PATH}?signal=smoke`)).status).toBe(400);
    expect((await server.ask(`${PATH}?cursor=x`)).status).toBe(400);
  });

  test('shows one; none that is not there', async () => {
    await start();
    expect(await bodyOf(await server.ask(`${PATH}/letter-1`))).toMatchObject({
      preview: { lines: ['checkout  a line'] },
    });
    expect((await server.ask(`${PATH}/nobody`)).status).toBe(404);
    expect((await server.ask(`${PATH}/nobody/body`, 'admin')).status).toBe(404);
  });

  test('the bytes come as they are, to administrators only', async () => {
    await start();
    const response = await server.ask(`${PATH}/letter-1/body`, 'admin');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 10]);
    expect((await server.ask(`${PATH}/letter-1/body`, 'operator')).status).toBe(403);
  });

  test('without a write-ahead log there are none', async () => {
    server = await startApi();
    expect(await bodyOf(await server.ask(PATH))).toEqual({ items: [], total: 0, totalIsExact: true });
    expect((await server.ask(`${PATH}/x`)).status).toBe(404);
    expect((await server.ask(`${PATH}/x/replay`, 'admin', { method: 'POST' })).status).toBe(404);
  });
});

describe('replaying and dropping', () => {
  test('are for administrators', async () => {
    await start();
    expect((await server.ask(`${PATH}/letter-1/replay`, 'operator', { method: 'POST' })).status).toBe(403);
    expect((await server.ask(`${PATH}/letter-1`, 'operator', { method: 'DELETE' })).status).toBe(403);
  });

  test.each([
    ['delivered', { outcome: 'delivered' }],
    ['refused', { outcome: 'refused', reason: 'still no' }],
    ['postponed', { outcome: 'postponed', reason: 'still no' }],
  ] as const)('a replay tells what became of it: %s', async (kind, answer) => {
    const reason = 'reason' in answer ? { reason: answer.reason } : {};
    await start({ replay: () => Promise.resolve({ kind, ...reason }) });
    const response = await server.ask(`${PATH}/letter-1/replay`, 'admin', { method: 'POST' });
    expect([response.status, await bodyOf(response)]).toEqual([200, answer]);
  });

  test('another backend may be named; one that cannot take it is a fault of the request', async () => {
    const asked: (string | undefined)[] = [];
    await start({
      replay(_id, to) {
        asked.push(to);
        return Promise.resolve(to === 'tempo' ? { kind: 'unfit', reason: 'takes traces' } : { kind: 'delivered' });
      },
    });
    const replay = (query: string) => server.ask(`${PATH}/letter-1/replay${query}`, 'admin', { method: 'POST' });
    expect((await replay('?to=otlp%2Fnew')).status).toBe(200);
    const refused = await replay('?to=tempo');
    expect([refused.status, await bodyOf(refused)]).toMatchObject([
      400,
      { error: { message: 'takes traces', field: 'to' } },
    ]);
    expect(asked).toEqual(['otlp/new', 'tempo']);
  });

  test('one that is under way is a conflict, one that is not there unknown', async () => {
    await start({ replay: () => Promise.resolve({ kind: 'busy' }), drop: () => Promise.resolve('busy') });
    expect((await server.ask(`${PATH}/letter-1/replay`, 'admin', { method: 'POST' })).status).toBe(409);
    expect((await server.ask(`${PATH}/letter-1`, 'admin', { method: 'DELETE' })).status).toBe(409);
  });

  test('dropped is 204, unknown 404, and 503 when the disk does not take it', async () => {
    await start({
      drop: (id) => Promise.resolve(id === 'letter-1' ? 'dropped' : id === 'letter-2' ? 'failed' : 'unknown'),
    });
    const drop = async (id: string) => (await server.ask(`${PATH}/${id}`, 'admin', { method: 'DELETE' })).status;
    expect([await drop('letter-1'), await drop('letter-2'), await drop('letter-3')]).toEqual([204, 503, 404]);
  });
});

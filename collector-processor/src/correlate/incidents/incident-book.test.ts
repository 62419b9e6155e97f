import { describe, expect, test } from '@jest/globals';
import type { Anomaly } from '../../model/anomaly.ts';
import type { Incident, IncidentEvent } from '../../model/incident.ts';
import { IncidentBook } from './incident-book.ts';
import { severityOf, titleOf } from './incident-facts.ts';
import { allowedCommands } from './lifecycle.ts';

const MINUTE_MS = 60_000;
const limits = { joinWithin: 300_000, watchFor: 10 * MINUTE_MS, changeLookback: 30 * MINUTE_MS, maxAnomalies: 1000 };
/** shop → cart → stock, and by itself: mail. */
const chain = ['shop', 'cart', 'stock'];
const around = {
  distance: (_place: unknown, [left, right]: readonly [string, string]): number =>
    left === right
      ? 0
      : chain.includes(left) && chain.includes(right)
        ? Math.abs(chain.indexOf(left) - chain.indexOf(right))
        : Infinity,
};

function bookWith(part: Partial<typeof limits> = {}) {
  const events: IncidentEvent[] = [];
  let ids = 0;
  let overflow = 0;
  const make = (): IncidentBook =>
    new IncidentBook({
      limits: { ...limits, ...part },
      around,
      nextId: () => String(++ids),
      onEvent: (event) => events.push(event),
      onOverflow: () => (overflow += 1),
    });
  return { book: make(), events, again: make, overflow: () => overflow };
}

function anomaly(
  service: string,
  id = service,
  part: Partial<Anomaly> & { readonly environment?: string } = {},
): Anomaly {
  const { environment = 'production', ...rest } = part;
  return {
    id,
    series: {
      id: `s-${id}`,
      tenant: '',
      signal: 'traces',
      measure: 'error_ratio',
      service,
      namespace: '',
      environment,
      attributes: {},
    },
    state: 'open',
    border: 'notice',
    startMs: 0,
    peakMs: 0,
    endMs: 10_000,
    stepMs: 10_000,
    observed: 1,
    expected: 0,
    lower: 0,
    upper: 0,
    peakScore: 2,
    direction: 'up',
    reasons: [],
    exampleTraceIds: [],
    exampleLines: [],
    detectorVersion: '1',
    sentence: '',
    detectedAtMs: 0,
    ...rest,
  };
}

function raise(book: IncidentBook, ...all: readonly Anomaly[]): readonly Incident[] {
  for (const one of all) book.anomaly({ kind: 'opened', anomaly: one }, one.startMs);
  return book.all();
}

describe('what belongs together', () => {
  test('neighbours on the calls at about the same time are one incident', () => {
    const [one, ...others] = raise(
      bookWith().book,
      anomaly('stock'),
      anomaly('cart', 'b', { startMs: MINUTE_MS }),
      anomaly('shop', 'c', { startMs: MINUTE_MS }),
    );
    expect(others).toEqual([]);
    expect([...(one?.services.values() ?? [])].map(({ service }) => service)).toEqual(['stock', 'cart', 'shop']);
  });

  test.each([
    ['a service that nobody calls', anomaly('mail')],
    ['another environment', anomaly('cart', 'b', { environment: 'staging' })],
    ['another tenant', { ...anomaly('cart', 'b'), series: { ...anomaly('cart').series, tenant: 'other' } }],
  ])('%s is an incident of its own', (_what, other) => {
    expect(raise(bookWith().book, anomaly('shop'), other)).toHaveLength(2);
  });

  test('an hour later it is another one, unless the first still goes on', () => {
    const late = anomaly('shop', 'late', { startMs: 60 * MINUTE_MS });
    expect(raise(bookWith().book, anomaly('shop'), late)).toHaveLength(1);
    const { book } = bookWith();
    raise(book, anomaly('shop'));
    book.anomaly({ kind: 'closed', anomaly: anomaly('shop', 'shop', { state: 'closed' }) }, MINUTE_MS);
    expect(raise(book, late)).toHaveLength(2);
  });

  test('a trace that shows both makes one of two', () => {
    const shown = { exampleTraceIds: ['t1'] };
    expect(raise(bookWith().book, anomaly('shop', 'a', shown), anomaly('mail', 'b', shown))).toHaveLength(1);
  });

  test('a change just before belongs to it, one of a stranger or of yesterday does not', () => {
    const { book } = bookWith();
    const change = {
      id: 'c',
      tenant: '',
      kind: 'deploy',
      service: 'cart',
      environment: 'production',
      timeMs: 0,
      from: '1',
      to: '2',
      source: 'resource',
    } as const;
    book.change(change, 0);
    book.change({ ...change, id: 'stranger', service: 'mail' }, 0);
    const [one] = raise(book, anomaly('shop', 'a', { startMs: MINUTE_MS }));
    expect([...(one?.changes.keys() ?? [])]).toEqual(['c']);
    const [late] = raise(bookWith().book, anomaly('shop', 'a', { startMs: 40 * MINUTE_MS }));
    expect(late?.changes.size).toBe(0);
  });

  test('a storm is one incident, of which no more is kept than there is room for', () => {
    const { book, overflow } = bookWith({ maxAnomalies: 100 });
    const all = Array.from({ length: 150 }, (_, index) => anomaly(chain[index % 3] ?? '', String(index)));
    expect(raise(book, ...all)).toHaveLength(1);
    expect([book.all()[0]?.anomalies.size, overflow()]).toEqual([100, 50]);
  });
});

describe('what becomes of it', () => {
  test('it is watched when nothing fires, closed after a time of quiet, and open again when it comes back', () => {
    const { book } = bookWith();
    raise(book, anomaly('shop'));
    const stateAt = (nowMs: number) => (book.tick(nowMs), book.get('1')?.state);
    expect(stateAt(MINUTE_MS)).toBe('open');
    book.anomaly(
      { kind: 'closed', anomaly: anomaly('shop', 'shop', { state: 'closed', endMs: MINUTE_MS }) },
      MINUTE_MS,
    );
    expect(stateAt(2 * MINUTE_MS)).toBe('watching');
    raise(book, anomaly('cart', 'b', { startMs: 3 * MINUTE_MS }));
    expect(stateAt(3 * MINUTE_MS)).toBe('open');
    book.anomaly(
      { kind: 'closed', anomaly: anomaly('cart', 'b', { state: 'closed', endMs: 4 * MINUTE_MS }) },
      4 * MINUTE_MS,
    );
    expect(stateAt(4 * MINUTE_MS)).toBe('watching');
    expect(stateAt(13 * MINUTE_MS)).toBe('watching');
    expect(stateAt(14 * MINUTE_MS)).toBeUndefined();
  });

  test('who acknowledges it has it; twice is once', () => {
    const { book, events } = bookWith();
    raise(book, anomaly('shop'));
    const by = { atMs: MINUTE_MS, actor: 'Ana' };
    book.command('1', { kind: 'acknowledge' }, by);
    const before = events.length;
    expect(book.command('1', { kind: 'acknowledge' }, by)).toEqual({ kind: 'done', facts: [] });
    expect(events).toHaveLength(before);
    expect(book.get('1')).toMatchObject({ state: 'acknowledged', owner: 'Ana' });
  });

  test('closing while it fires needs a reason', () => {
    const { book } = bookWith();
    raise(book, anomaly('shop'));
    const by = { atMs: MINUTE_MS, actor: 'Ana' };
    expect(book.command('1', { kind: 'close', reason: ' ' }, by)).toEqual({
      kind: 'refused',
      why: '1 of its anomalies continue: closing incident 1 now needs a reason.',
    });
    expect(book.command('1', { kind: 'close', reason: 'a drill' }, by)).toMatchObject({ kind: 'done' });
    expect(book.get('1')).toBeUndefined();
  });

  test('what a state allows is what can be carried out', () => {
    const { book } = bookWith();
    const [one] = raise(book, anomaly('shop'));
    expect(one && allowedCommands(one)).toEqual(['acknowledge', 'mitigate', 'close', 'assign']);
    book.command('1', { kind: 'mitigate' }, { atMs: 0, actor: 'Ana' });
    expect(one && allowedCommands(one)).toEqual(['close', 'assign']);
    expect(book.command('1', { kind: 'acknowledge' }, { atMs: 0, actor: '' })).toMatchObject({ kind: 'refused' });
  });

  test('merged and split again, each anomaly is in one incident', () => {
    const { book } = bookWith();
    raise(book, anomaly('shop'), anomaly('mail'));
    const by = { atMs: MINUTE_MS, actor: 'Ana' };
    expect(book.merge('1', ['2'], by)).toBe(true);
    expect(book.all().map(({ anomalies }) => [...anomalies.keys()])).toEqual([['shop', 'mail']]);
    expect(book.split('1', ['mail'], by)?.id).toBe('3');
    expect(book.all().map(({ anomalies }) => [...anomalies.keys()])).toEqual([['shop'], ['mail']]);
    book.anomaly({ kind: 'closed', anomaly: anomaly('mail', 'mail', { state: 'closed' }) }, 2 * MINUTE_MS);
    expect(book.get('3')?.anomalies.get('mail')?.state).toBe('closed');
    expect(book.split('3', ['mail'], by)).toBeUndefined();
    expect(book.merge('1', ['99'], by)).toBe(false);
  });
});

test('its events bring back the same book at any moment', () => {
  const { book, events, again } = bookWith();
  raise(book, anomaly('stock'), anomaly('cart', 'b', { border: 'page', peakScore: 8 }), anomaly('mail'));
  book.command('1', { kind: 'acknowledge' }, { atMs: 1, actor: 'Ana' });
  book.merge('1', ['2'], { atMs: 2, actor: 'Ana' });
  book.remark('1', { kind: 'note', text: 'hello' }, { atMs: 3, actor: 'Ana' });
  for (let length = 1; length <= events.length; length++) again().restore(events.slice(0, length));
  const restored = again();
  restored.restore(JSON.parse(JSON.stringify(events)) as IncidentEvent[]);
  expect(restored.all()).toEqual(book.all());
  expect(events.map(({ incidentId, sequence }) => `${incidentId}.${sequence}`)).toEqual([
    '1.1',
    '1.2',
    '1.3',
    '2.1',
    '2.2',
    '1.4',
    '1.5',
    '1.6',
    '2.3',
    '1.7',
  ]);
});

test('its title names what came first, its severity how far it went', () => {
  const [one] = raise(
    bookWith().book,
    anomaly('stock', 'a', { peakScore: 3 }),
    anomaly('cart', 'b', { startMs: 1, border: 'page', peakScore: 9 }),
  );
  expect(one && [titleOf(one), severityOf(one)]).toEqual(['Errors in stock', 'major']);
});

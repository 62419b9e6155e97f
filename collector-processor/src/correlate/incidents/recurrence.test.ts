import { expect, test } from '@jest/globals';
import type { Anomaly } from '../../model/anomaly.ts';
import type { Incident } from '../../model/incident.ts';
import { anomaly, bookWith, MINUTE_MS } from '../testing/books.ts';
import { IncidentRecord } from './incident-record.ts';
import { Recurrence } from './recurrence.ts';

const HOUR_MS = 60 * MINUTE_MS;
type Book = ReturnType<typeof bookWith>['book'];

function open(book: Book, one: Anomaly): void {
  book.anomaly({ kind: 'opened', anomaly: one }, one.startMs);
}

/** Shows each for a minute, then nothing until it is over. */
function comeAndGo(book: Book, atMs: number, ...all: readonly Anomaly[]): void {
  const raised = all.map((one, index) => ({
    ...one,
    id: `${one.id}-${atMs}-${index}`,
    startMs: atMs,
    endMs: atMs + MINUTE_MS,
  }));
  for (const one of raised) open(book, one);
  for (const one of raised) book.anomaly({ kind: 'closed', anomaly: { ...one, state: 'closed' } }, atMs + MINUTE_MS);
  book.tick(atMs + MINUTE_MS);
  book.tick(atMs + 20 * MINUTE_MS);
}

function afterThree(part: Partial<Anomaly> = {}) {
  const made = bookWith();
  for (const hour of [0, 1, 2]) comeAndGo(made.book, hour * HOUR_MS, anomaly('shop', 'a', part));
  return made;
}

function now(book: Book): Incident | undefined {
  return book.all()[0];
}

test('what comes a fourth time is demoted from its first finding on, and says how often and since which', () => {
  const { book, events } = afterThree();
  open(book, anomaly('shop', 'again', { startMs: 3 * HOUR_MS }));
  expect(now(book)).toMatchObject({
    id: '4',
    repeats: '1',
    demoted: 'It was there 3 times in 24 h, no worse, and nobody took it up.',
  });
  expect(events.filter(({ fact }) => fact.kind === 'demoted')).toHaveLength(1);
});

test('a third time it is not, nor one that somebody took up before, nor with 0', () => {
  const { book } = bookWith();
  for (const hour of [0, 1]) comeAndGo(book, hour * HOUR_MS, anomaly('shop'));
  open(book, anomaly('shop', 'third', { startMs: 2 * HOUR_MS }));
  expect(now(book)?.demoted).toBe('');
  book.command('3', { kind: 'assign', owner: 'Ana' }, { atMs: 2 * HOUR_MS, actor: 'Ana' });
  book.command('3', { kind: 'close', reason: 'noise' }, { atMs: 2 * HOUR_MS, actor: 'Ana' });
  open(book, anomaly('shop', 'fourth', { startMs: 4 * HOUR_MS }));
  expect(now(book)?.demoted).toBe('');
  const { book: never } = bookWith({ demoteAfter: 0 });
  for (const hour of [0, 1, 2]) comeAndGo(never, hour * HOUR_MS, anomaly('shop'));
  open(never, anomaly('shop', 'again', { startMs: 3 * HOUR_MS }));
  expect(now(never)?.demoted).toBe('');
});

test.each<[string, Partial<Anomaly>, string]>([
  ['a higher score', { id: 'again', peakScore: 9 }, 'Errors in shop: worse than before.'],
  ['the page border', { id: 'again', border: 'page' }, 'It has become major.'],
  [
    'another service',
    { id: 'b', series: { ...anomaly('cart').series, service: 'cart' } },
    'Errors in cart: not a part of it before.',
  ],
])('%s brings it back, for good', (_what, part, reason) => {
  const { book, events } = afterThree();
  open(book, anomaly('shop', 'again', { startMs: 3 * HOUR_MS }));
  book.anomaly(
    { kind: 'opened', anomaly: { ...anomaly('shop', 'again', { startMs: 3 * HOUR_MS }), ...part } },
    3 * HOUR_MS,
  );
  expect(now(book)?.demoted).toBe('');
  book.tick(3 * HOUR_MS + 1000);
  expect(events.filter(({ fact }) => fact.kind === 'promoted').map(({ fact }) => fact)).toEqual([
    { kind: 'promoted', reason },
  ]);
  expect(now(book)?.demoted).toBe('');
});

test('one that does not end comes back, and one that somebody takes up', () => {
  const { book } = afterThree();
  open(book, anomaly('shop', 'again', { startMs: 3 * HOUR_MS }));
  book.tick(3 * HOUR_MS + 5 * MINUTE_MS);
  expect(now(book)?.demoted).not.toBe('');
  book.tick(3 * HOUR_MS + 15 * MINUTE_MS);
  expect(now(book)?.demoted).toBe('');
  const { book: other } = afterThree();
  open(other, anomaly('shop', 'again', { startMs: 3 * HOUR_MS }));
  other.command('4', { kind: 'acknowledge' }, { atMs: 3 * HOUR_MS, actor: 'Ana' });
  expect(now(other)?.demoted).toBe('');
});

test('one that somebody opens again, or mitigates, is listed again', () => {
  const { book, events } = afterThree();
  comeAndGo(book, 3 * HOUR_MS, anomaly('shop'));
  const past = new IncidentRecord('4', 3 * HOUR_MS);
  for (const event of events.filter(({ incidentId }) => incidentId === '4')) past.apply(event);
  expect(past).toMatchObject({ state: 'closed', demoted: expect.stringContaining('3 times') });
  book.revive(past);
  book.command('4', { kind: 'reopen', reason: 'it was none' }, { atMs: 4 * HOUR_MS, actor: 'Ana' });
  expect(now(book)).toMatchObject({ state: 'open', demoted: '' });
  const { book: other, events: told } = afterThree();
  open(other, anomaly('shop', 'again', { startMs: 3 * HOUR_MS }));
  other.command('4', { kind: 'mitigate' }, { atMs: 3 * HOUR_MS, actor: 'Ana' });
  expect(now(other)).toMatchObject({ state: 'mitigated', demoted: '' });
  expect(told.filter(({ fact }) => fact.kind === 'promoted')).toHaveLength(1);
});

test('one of yesterday counts, one of the day before does not', () => {
  const { book } = afterThree();
  open(book, anomaly('shop', 'late', { startMs: 25.5 * HOUR_MS }));
  expect(now(book)?.demoted).toBe('');
});

test('after a restart it still knows what was there', () => {
  const { events } = afterThree();
  const past = new Recurrence({ demoteAfter: 3, demoteWithin: 24 * HOUR_MS, watchFor: MINUTE_MS });
  past.restore(events);
  const { book, events: later } = bookWith();
  open(book, anomaly('shop', 'again', { startMs: 3 * HOUR_MS }));
  const [incident] = book.all();
  expect(later).toHaveLength(2);
  expect(incident && past.judge({ ...incident, id: '4', sequence: 2 }, 3 * HOUR_MS)).toMatchObject({
    kind: 'demoted',
    repeats: '1',
  });
});

import { describe, expect, test } from '@jest/globals';
import { anomaly, bookWith, MINUTE_MS, raise } from '../testing/books.ts';
import { allowedCommands } from './lifecycle.ts';

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

  test('what goes on after it was closed does not bring another one, until it has ended', () => {
    const { book } = bookWith();
    raise(book, anomaly('shop'));
    book.command('1', { kind: 'close', reason: 'a drill' }, { atMs: MINUTE_MS, actor: 'Ana' });
    book.anomaly({ kind: 'updated', anomaly: anomaly('shop', 'shop', { peakScore: 9 }) }, 2 * MINUTE_MS);
    book.reconcile([anomaly('shop')], 2 * MINUTE_MS);
    expect(book.all()).toEqual([]);
    book.anomaly({ kind: 'closed', anomaly: anomaly('shop', 'shop', { state: 'closed' }) }, 3 * MINUTE_MS);
    expect(raise(book, anomaly('shop', 'another', { startMs: 3 * MINUTE_MS }))).toHaveLength(1);
  });

  test('anomalies that nobody follows any more have ended', () => {
    const { book } = bookWith();
    raise(book, anomaly('shop'), anomaly('cart', 'b'));
    book.reconcile([anomaly('cart', 'b')], MINUTE_MS);
    expect([...(book.get('1')?.anomalies.values() ?? [])].map(({ state }) => state)).toEqual(['closed', 'open']);
    const { length } = [...(book.get('1')?.anomalies ?? [])];
    book.reconcile([anomaly('cart', 'b')], MINUTE_MS);
    expect(book.get('1')?.anomalies.size).toBe(length);
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

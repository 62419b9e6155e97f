import { describe, expect, test } from '@jest/globals';
import type { IncidentEvent } from '../../model/incident.ts';
import { anomaly, bookWith, chain, MINUTE_MS, raise } from '../testing/books.ts';
import { severityOf, titleOf } from './incident-facts.ts';

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

test('a budget of one of its services that burns is told once, also after a restart; that of another one is not', () => {
  const { book, events, again } = bookWith();
  raise(book, anomaly('stock'));
  const about = { title: 'Stock', atMs: 5, from: 'none', to: 'fast', rate: 20, left: 0.4 } as const;
  const crossing = { id: 'stock-errors@5', slo: 'stock-errors', service: 'stock', ...about };
  book.budget({ ...crossing, id: 'mail-errors@5', service: 'mail' }, 6);
  book.budget(crossing, 6);
  book.budget(crossing, 7);
  const restored = again();
  restored.restore(events);
  restored.budget(crossing, 8);
  expect(events.filter(({ fact }) => fact.kind === 'budget')).toEqual([
    { incidentId: '1', sequence: 3, atMs: 6, actor: '', fact: { kind: 'budget', crossing } },
  ]);
});

describe('alerts from outside', () => {
  const alert = { id: 'a', name: 'Slow', service: 'shop', startMs: 0 };

  test('are over when nobody has repeated them for long', () => {
    const { book } = bookWith({ alertSilence: 60 * MINUTE_MS });
    book.alert(alert, '', 0);
    book.tick(50 * MINUTE_MS);
    book.alert(alert, '', 50 * MINUTE_MS);
    book.tick(100 * MINUTE_MS);
    expect(book.all()[0]?.alerts.get('a')?.endMs).toBeUndefined();
    book.tick(111 * MINUTE_MS);
    expect(book.all()[0]?.alerts.get('a')?.endMs).toBe(111 * MINUTE_MS);
  });

  test('do not open what a person has closed again, until they begin anew', () => {
    const { book } = bookWith();
    book.alert(alert, '', 0);
    book.command('1', { kind: 'close', reason: 'known' }, { atMs: 1, actor: 'ann' });
    book.alert(alert, '', MINUTE_MS);
    expect(book.all()).toEqual([]);
    book.alert({ ...alert, startMs: 5 }, '', 2 * MINUTE_MS);
    expect(book.all().map(({ id }) => id)).toEqual(['2']);
  });

  test('say how bad it is, and stay out of the incident of another environment', () => {
    const { book } = bookWith();
    raise(book, anomaly('shop'));
    book.alert({ ...alert, environment: 'staging', severity: 'critical' }, '', 0);
    expect(book.all().map((one) => [titleOf(one), severityOf(one)])).toEqual([
      ['Errors in shop', 'minor'],
      ['Slow in shop', 'critical'],
    ]);
    book.alert({ ...alert, id: 'b', environment: 'production', severity: 'major' }, '', 0);
    expect(book.all().map(severityOf)).toEqual(['major', 'critical']);
  });
});

test('more incidents than there may be are not opened, but counted, once each', () => {
  const { book, overflow } = bookWith({ maxIncidents: 2 });
  const far = ['shop', 'mail', 'other'].map((service) => anomaly(service));
  raise(book, ...far, ...far);
  book.alert({ id: 'a', name: 'Slow', service: 'elsewhere', startMs: 0 }, '', 0);
  expect([book.all().length, overflow()]).toEqual([2, 2]);
});

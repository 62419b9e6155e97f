import { expect, test } from '@jest/globals';
import type { Anomaly } from '../../model/anomaly.ts';
import { anomaly, bookWith, MINUTE_MS, raise } from '../testing/books.ts';

/** One of several hosts, beside the others. */
function ofHost(host: string, part: Partial<Anomaly> = {}): Anomaly {
  const { series, ...rest } = anomaly('nodes', `cpu of ${host}`, part);
  return {
    ...rest,
    series: { ...series, environment: '', measure: 'peer_outlier', attributes: { 'host.name': host } },
  };
}

const ids = (all: ReturnType<typeof raise>): readonly string[] => all.map(({ id }) => id);

test('a host that is odd ties together what runs on it and turned odd with it', () => {
  const { book, events } = bookWith();
  expect(raise(book, anomaly('stock'), anomaly('mail'))).toHaveLength(2);
  const [one, ...others] = raise(book, ofHost('host-1'));
  expect(others).toEqual([]);
  expect([...(one?.anomalies.keys() ?? [])].sort()).toEqual(['cpu of host-1', 'mail', 'stock']);
  expect(events.find(({ fact }) => fact.kind === 'merged-into')).toMatchObject({ incidentId: '2', actor: '' });
});

test('what runs there and turns odd just after joins it; much later it does not', () => {
  expect(ids(raise(bookWith().book, ofHost('host-1'), anomaly('mail', 'b', { startMs: MINUTE_MS })))).toEqual(['1']);
  expect(raise(bookWith().book, ofHost('host-1'), anomaly('mail', 'b', { startMs: 10 * MINUTE_MS }))).toHaveLength(2);
});

test('another host, or a service that runs elsewhere, is no tie', () => {
  expect(raise(bookWith().book, anomaly('stock'), ofHost('host-2'))).toHaveLength(2);
  expect(raise(bookWith().book, anomaly('shop'), ofHost('host-1'))).toHaveLength(2);
});

test('one between two that were apart until now makes them one, the older', () => {
  const { book } = bookWith();
  const shop = anomaly('shop', 'a', { state: 'open' });
  raise(book, shop);
  const split = anomaly('stock', 'b', { startMs: 20 * MINUTE_MS, endMs: 21 * MINUTE_MS });
  book.anomaly({ kind: 'closed', anomaly: { ...shop, state: 'closed' } }, MINUTE_MS);
  raise(book, split);
  expect(book.all()).toHaveLength(2);
  raise(book, anomaly('cart', 'c', { startMs: MINUTE_MS, endMs: 22 * MINUTE_MS }));
  expect(ids(book.all())).toEqual(['1']);
});

test('what a person has parted stays apart', () => {
  const { book } = bookWith();
  raise(book, anomaly('shop', 'a'), anomaly('cart', 'b'));
  const fresh = book.split('1', ['b'], { atMs: MINUTE_MS, actor: 'Ana' });
  raise(book, anomaly('shop', 'c'));
  expect(ids(book.all())).toEqual(['1', fresh?.id]);
});

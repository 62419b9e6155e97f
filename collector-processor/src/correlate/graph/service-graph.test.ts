import { expect, test } from '@jest/globals';
import type { ServiceLink } from '../../model/service-link.ts';
import { ServiceGraph } from './service-graph.ts';

const place = { tenant: '', environment: 'production' };

function link(from: string, to: string, part: Partial<ServiceLink> = {}): ServiceLink {
  return { ...place, from, to, remote: false, ...part };
}

function graphOf(...links: readonly ServiceLink[]): ServiceGraph {
  return new ServiceGraph({ links: () => links, whereabouts: () => [], nowMs: () => 0 });
}

test('counts calls in either direction, up to as many as asked', () => {
  const graph = graphOf(link('shop', 'cart'), link('cart', 'stock'), link('stock', 'database', { remote: true }));
  expect(graph.distance(place, ['shop', 'shop'], 0)).toBe(0);
  expect(graph.distance(place, ['stock', 'shop'], 2)).toBe(2);
  expect(graph.distance(place, ['shop', 'database'], 2)).toBe(Infinity);
  expect(graph.distance(place, ['shop', 'database'], 3)).toBe(3);
  expect(graph.distance(place, ['shop', 'nobody'], 9)).toBe(Infinity);
});

test('services of other tenants and environments are others', () => {
  const graph = graphOf(link('shop', 'cart', { environment: 'staging' }), link('shop', 'cart', { tenant: 'other' }));
  expect(graph.distance(place, ['shop', 'cart'], 2)).toBe(Infinity);
  expect(graph.distance({ ...place, environment: 'staging' }, ['shop', 'cart'], 2)).toBe(1);
});

test('a circle comes to an end', () => {
  expect(graphOf(link('a', 'b'), link('b', 'a')).distance(place, ['a', 'c'], 100)).toBe(Infinity);
});

test('reads the links again when what it knows is old', () => {
  const links = [link('shop', 'cart')];
  let nowMs = 0;
  const graph = new ServiceGraph({ links: () => links, whereabouts: () => [], nowMs: () => nowMs });
  expect(graph.distance(place, ['cart', 'stock'], 1)).toBe(Infinity);
  links.push(link('cart', 'stock'));
  expect(graph.distance(place, ['cart', 'stock'], 1)).toBe(Infinity);
  nowMs = 5_000;
  expect(graph.distance(place, ['cart', 'stock'], 1)).toBe(1);
});

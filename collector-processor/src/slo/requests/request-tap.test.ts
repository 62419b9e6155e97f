import { expect, test } from '@jest/globals';
import type { Counts } from '../../model/slo-counts.ts';
import type { RequestSelector } from '../../model/slo.ts';
import { spanColumns, type TestSpan } from '../../score/testing/columns.ts';
import { resourceOf } from '../../score/testing/resources.ts';
import { RequestTap } from './request-tap.ts';

const shop = resourceOf({ service: 'shop' });
const AT = Date.parse('2026-03-20T12:00:00Z');

/** How many of the spans are requests of the operation. */
function countOf(operation: string, ...spans: readonly Partial<TestSpan>[]): number {
  const counted: Counts[] = [];
  const requests: RequestSelector = { service: 'shop', operation };
  const tap = new RequestTap([{ requests, bad: { kind: 'error' }, count: (_at, counts) => counted.push(counts) }]);
  const served = { name: 'request', kind: 2, endMs: AT, durationMs: 5 };
  tap.observe(
    spanColumns(
      shop,
      spans.map((span) => ({ ...served, ...span })),
    ),
  );
  return counted.reduce((sum, { total }) => sum + total, 0);
}

const pay = { 'http.request.method': 'POST', 'http.route': '/pay/{id}' };

test('an operation is a method and route, whatever the span is called', () => {
  const named = { name: 'POST', attributes: pay };
  expect(countOf('POST /pay/{id}', named, { ...named, attributes: { ...pay, 'http.request.method': 'PUT' } })).toBe(1);
  expect(countOf('POST', named)).toBe(0);
});

test('an operation is a remote method with its service', () => {
  const attributes = { 'rpc.service': 'shop.Cart', 'rpc.method': 'Add' };
  expect(countOf('shop.Cart/Add', { attributes }, { attributes: { ...attributes, 'rpc.method': 'Drop' } })).toBe(1);
});

test('an operation of a span that says neither is the name of the span', () => {
  expect(countOf('process orders', { name: 'process orders' }, { name: 'process others' })).toBe(1);
});

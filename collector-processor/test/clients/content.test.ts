import { describe, expect, test } from '@jest/globals';
import { encodeMessage } from '../../src/model/otlp/encode.ts';
import { signals } from '../../src/model/signal.ts';
import { span } from '../../src/testing/telemetry-builder-items.ts';
import { traceBytes } from '../../src/testing/telemetry-builder.ts';
import { arrivedFingerprints } from './arrived-fingerprints.ts';
import { contentOf } from './content.ts';
import { knownFingerprints } from './known-fingerprints.ts';
import { knownRequest } from './known-request.ts';

const known = { service: 'checkout', count: 20 };

describe.each(signals)('%s', (signal) => {
  test('what is sent as known items is recognised as such', () => {
    const arrived = arrivedFingerprints(signal, knownRequest(signal, known)).get('checkout') ?? [];
    expect(arrived.toSorted()).toEqual(knownFingerprints(signal, known).toSorted());
  });

  test('the order does not matter; a lost, doubled or changed item does', () => {
    const sent = knownFingerprints(signal, known);
    const [first = '', ...rest] = sent;
    expect(contentOf(sent.toReversed())).toEqual(contentOf(sent));
    expect(contentOf(rest).digest).not.toBe(contentOf(sent).digest);
    expect(contentOf([first, ...sent]).digest).not.toBe(contentOf(sent).digest);
    expect(contentOf([first.replace('0', '1'), ...rest])).toMatchObject({ items: sent.length });
    expect(contentOf([first.replace('0', '1'), ...rest]).digest).not.toBe(contentOf(sent).digest);
  });
});

test('items of several services in one request are told apart', () => {
  const joined = Buffer.concat([
    knownRequest('traces', known),
    traceBytes([span(), span()], { resource: { 'service.name': 'cart' } }),
    encodeMessage('ExportTraceServiceRequest', { resourceSpans: [{ scopeSpans: [{ spans: [span()] }] }] }),
  ]);
  const found = arrivedFingerprints('traces', joined);
  expect([...found].map(([service, { length }]) => [service, length])).toEqual([
    ['checkout', 20],
    ['cart', 2],
    ['', 1],
  ]);
});

test('bytes that are no telemetry are a fault', () => {
  expect(() => arrivedFingerprints('logs', Buffer.from([0x0a, 0x7f]))).toThrow(/at byte/);
});

import { describe, expect, test } from '@jest/globals';
import type { Series } from '../../model/anomaly.ts';
import { createMask } from '../../runtime/masking.ts';
import { aSeries } from '../../store/testing/builders.ts';
import { labelName, scoreLabels } from './score-labels.ts';

const options = { sourceNaming: 'verbatim', maxAttributes: 3, maxAttributeLength: 20 } as const;

function labelsOf(part: Partial<Series>): Record<string, string | undefined> {
  const labels = scoreLabels(aSeries(part), { options, mask: createMask([]) });
  return Object.fromEntries(labels.map(({ key = '', value }) => [key, value?.stringValue] as const));
}

describe('labels of a score series', () => {
  test('name the scored series in Prometheus form', () => {
    expect(labelsOf({ measure: 'p95', peer: 'payment' })).toEqual({
      for: 'span_p95',
      series_id: '00f1a2b3c4d5e6f7',
      signal: 'traces',
      measure: 'p95',
      service_name: 'checkout',
      service_namespace: 'shop',
      deployment_environment_name: 'production',
      operation: 'POST /orders',
      peer: 'payment',
    });
  });

  test('take over attributes under safe names', () => {
    const attributes = { 'http.method': 'GET', '2nd': 'x', _hidden: 'y' };
    expect(labelsOf({ attributes })).toMatchObject({ http_method: 'GET', key_2nd: 'x', key_hidden: 'y' });
  });

  test('leave no attribute in the place of a label of ours', () => {
    const attributes = { for: 'me', 'service.name': 'other' };
    expect(labelsOf({ attributes })).toMatchObject({
      for: 'span_error_ratio',
      attribute_for: 'me',
      service_name: 'checkout',
      attribute_service_name: 'other',
    });
  });

  test('join attributes whose names become one', () => {
    expect(labelsOf({ attributes: { 'a.b': '1', a_b: '2' } })).toMatchObject({ a_b: '1;2' });
  });

  test('are bounded in number and length', () => {
    const labels = labelsOf({ attributes: { a: 'x'.repeat(100), b: '1', c: '1', d: '1' } });
    expect(labels.a).toBe(`${'x'.repeat(19)}…`);
    expect(labels.c).toBe('1');
    expect(labels.d).toBeUndefined();
  });

  test('hold no private data and no empty text', () => {
    const labels = labelsOf({ attributes: { user: 'ana@shop.example' }, namespace: '' });
    expect(labels.user).toBe('[email]');
    expect('service_namespace' in labels).toBe(false);
  });
});

test.each([
  ['http.method', 'http_method'],
  ['', 'key'],
  ['_x', 'key_x'],
  ['9x', 'key_9x'],
  ['ä', 'key_'],
])('the label for "%s" is %s', (name, label) => {
  expect(labelName(name)).toBe(label);
});

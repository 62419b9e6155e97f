import { expect, test } from '@jest/globals';
import { anIncident } from '../../store/testing/builders.ts';
import { EarlierCauses } from './earlier-causes.ts';
import { IncidentRecord } from './incident-record.ts';

const cause = { kind: 'saturation', title: 'db', service: 'db', verdict: 'supported', confidence: 'high' } as const;

function incident(service: string, tenant = ''): IncidentRecord {
  const one = new IncidentRecord('99', 0);
  one.tenant = tenant;
  one.services.set(service, { service, environment: '', startMs: 0, endMs: 1, traceIds: new Set() });
  return one;
}

test('causes of earlier incidents that hit the same service count, most frequent first', () => {
  const earlier = new EarlierCauses();
  const ended = (id: string, part: object) => earlier.add(anIncident({ id, services: ['shop', 'db'], cause, ...part }));
  ended('1', {});
  ended('2', {});
  ended('2', {});
  ended('3', { cause: { ...cause, kind: 'error', service: 'shop' } });
  ended('4', { cause: { ...cause, verdict: 'undecided' } });
  ended('5', { cause: { ...cause, kind: 'symptom' } });
  ended('6', { services: ['mail'] });
  ended('7', { mergedInto: '1' });
  ended('8', { tenant: 'acme' });
  expect(earlier.of(incident('shop'))).toEqual([
    { service: 'db', kind: 'saturation', times: 2 },
    { service: 'shop', kind: 'error', times: 1 },
  ]);
  expect(earlier.of(incident('shop', 'acme'))).toHaveLength(1);
  expect(earlier.of(incident('elsewhere'))).toEqual([]);
});

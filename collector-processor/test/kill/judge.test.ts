import { expect, test } from '@jest/globals';
import type { IncidentDetail } from '../../src/contract/incident.ts';
import { judge } from './judge.ts';
import type { Requests } from './people.ts';

type Fact = IncidentDetail['timeline'][number]['fact'];

const alert = { id: 'alert:a', name: 'Down', service: 'a', startMs: 1 };
const facts: readonly Fact[] = [
  { kind: 'opened', tenant: '' },
  { kind: 'alert', alert },
  { kind: 'note', text: 'note 0' },
];
const incident = { id: '1', owner: '', state: 'open' } as IncidentDetail['incident'];

function detail(told: readonly Fact[]): IncidentDetail {
  const timeline = told.map((fact, index) => ({ incidentId: '1', sequence: index + 1, atMs: index, actor: '', fact }));
  return { incident, allowed: [], timeline };
}

function requests(outcome: 'promised' | 'in doubt'): Requests {
  const asked = [{ incident: '1', kind: 'note', text: 'note 0', outcome } as const];
  return { asked, alarms: [{ service: 'a', outcome }] };
}

test('what was promised and is there once is right', () => {
  expect(judge([detail(facts)], requests('promised'))).toEqual([]);
});

test('what was promised and is not there is lost; what was in doubt may be missing', () => {
  const opened = facts.slice(0, 1);
  expect(judge([detail(opened)], requests('promised'))).toEqual([
    'note 0 of incident 1 was promised and is lost',
    'the alert of a was promised and is lost',
  ]);
  expect(judge([detail(opened)], requests('in doubt'))).toEqual([]);
});

test('what is there twice is doubled, also when it was in doubt', () => {
  expect(judge([detail([...facts, { kind: 'note', text: 'note 0' }])], requests('in doubt'))).toEqual([
    'note 0 of incident 1 is there 2 times',
  ]);
});

test('gaps, times that go back and summaries of old are told', () => {
  const sound = detail(facts);
  const gap = sound.timeline.filter(({ sequence }) => sequence !== 2);
  expect(judge([{ ...sound, timeline: gap }], { asked: [], alarms: [] })).toEqual([
    'incident 1 has event 3 in place of 2',
  ]);
  const back = sound.timeline.map((event) => ({ ...event, atMs: -event.atMs }));
  expect(judge([{ ...sound, timeline: back }], { asked: [], alarms: [] })).toContain(
    'incident 1 goes back in time at event 2',
  );
  const owned = detail([...facts, { kind: 'owner', owner: 'Leo' }]);
  expect(judge([owned], { asked: [], alarms: [] })).toEqual(['incident 1 is of  and not of Leo']);
});

import { expect, test } from '@jest/globals';
import { call, caseOf, changeOf, logOf, seriesOf } from '../testing/case-builder.ts';
import { explainCase } from './explain.ts';

const errors = seriesOf('shop', 'errors', [0.004, 0.142]);
const diff = '@@\n-  register(agents)\n   start()';

test('a change that fits is said first, with what speaks for it', () => {
  const changes = [changeOf('culprit', 'shop', 6, { title: 'deploy of shop 2.4.1', diff })];
  const [first] = explainCase(
    caseOf({ series: [errors], logs: [logOf('shop', 'agents not registered')], changes }),
  ).candidates;
  expect(first).toMatchObject({
    kind: 'change',
    title: 'deploy of shop 2.4.1',
    verdict: 'supported',
    confidence: 'high',
    contradicting: [],
    missing: [],
  });
  expect(first?.supporting.map(({ sentence }) => sentence)).toContain('Shop keeps 100 % of the blame');
});

test('a deploy that came too late is contradicted, and stands last', () => {
  const late = changeOf('decoy', 'shop', 1, { title: 'deploy of shop 2', diff });
  const { candidates } = explainCase(caseOf({ series: [errors], changes: [late] }));
  expect(candidates.map(({ verdict }) => verdict)).toEqual(['supported', 'contradicted']);
  expect(candidates[1]?.contradicting[0]?.sentence).toBe('Trouble began 4 min before it');
});

test('evidence tells value and usual value, and where to look', () => {
  const [first] = explainCase(caseOf({ series: [errors] })).candidates;
  expect(first?.supporting[0]).toMatchObject({
    sentence: expect.stringMatching(/^errors of shop: 14\.\d %, usually 0\.4 %$/),
    seriesId: 'shop errors',
  });
});

test('what may come from below is a symptom and never sure', () => {
  const series = [seriesOf('shop', 'latency', [0.1, 2])];
  const [first] = explainCase(caseOf({ series, calls: [call('shop', 'database', true)] })).candidates;
  expect(first).toMatchObject({ kind: 'symptom', service: 'shop', confidence: 'low' });
});

test('a surge of demand needs no change', () => {
  const series = [seriesOf('shop', 'latency', [0.1, 2]), seriesOf('shop', 'requests', [100, 600])];
  const [first] = explainCase(caseOf({ series, changes: [changeOf('decoy', 'shop', 40)] })).candidates;
  expect(first).toMatchObject({ kind: 'operational', title: 'More requests than usual', verdict: 'supported' });
});

test('nobody is named while the alarm is as usual', () => {
  expect(explainCase(caseOf({ series: [seriesOf('shop', 'errors', [0.1, 0.1])] })).candidates).toEqual([]);
});

test('the same case has the same id and the same bytes', () => {
  const facts = caseOf({ series: [errors] });
  expect(JSON.stringify(explainCase(facts))).toBe(JSON.stringify(explainCase(structuredClone(facts))));
  expect(explainCase(caseOf({ series: [] })).caseId).not.toBe(explainCase(facts).caseId);
});

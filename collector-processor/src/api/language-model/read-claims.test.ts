import { expect, test } from '@jest/globals';
import { readClaims } from './read-claims.ts';

const known = [
  { ref: 'E1', sentence: 'Error rate of orders rose to 44.4 %; expected 0 % to 7.3 %.' },
  { ref: 'E2', sentence: 'deploy of orders from 1.0.0 to 1.1.0.' },
];

const told = (...claims: readonly { text: string; evidence: readonly string[] }[]) =>
  readClaims(JSON.stringify({ claims }), known);

test('sentences that stand on evidence are kept with it', () => {
  const text = 'Orders fails in 44.4 % of its requests since 1.1.0.';
  expect(told({ text, evidence: ['E1', 'E2', 'E2', 'E9'] })).toEqual({
    claims: [{ text, evidence: known }],
    dropped: 0,
  });
});

test.each([
  ['cites nothing', { text: 'The database is slow.', evidence: [] }],
  ['cites what is not there', { text: 'The database is slow.', evidence: ['E7'] }],
  ['says a number that is not in what it cites', { text: 'It fails in 99 % of all.', evidence: ['E1', 'E2'] }],
  ['says a number of other evidence', { text: 'It fails since 1.1.0.', evidence: ['E1'] }],
  ['is empty', { text: ' ', evidence: ['E1'] }],
])('a sentence that %s is left out', (_name, claim) => {
  expect(told(claim, { text: 'Orders fails.', evidence: ['E1'] })).toMatchObject({
    claims: [{ text: 'Orders fails.' }],
    dropped: 1,
  });
});

test('a fence around the answer is no harm, and anything else is no answer', () => {
  const fenced = '```json\n{"claims":[{"text":"Orders fails.","evidence":["E1"]}]}\n```';
  expect(readClaims(fenced, known)?.claims).toHaveLength(1);
  for (const text of ['', 'Orders fails.', '{}', '{"claims":[{"text":1,"evidence":[]}]}', '{"claims":'])
    expect(readClaims(text, known)).toBeUndefined();
});

test('a flood of sentences is cut', () => {
  const flood = Array.from({ length: 50 }, () => ({ text: 'x'.repeat(900), evidence: ['E1'] }));
  const { claims = [], dropped } = told(...flood) ?? {};
  expect([claims.length, claims[0]?.text.length, dropped]).toEqual([12, 500, 38]);
});

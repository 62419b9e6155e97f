import { expect, test } from '@jest/globals';
import type { AuditEntry, AuditRecord } from '../../model/audit.ts';
import { ChainVerifier, follow } from './chain.ts';

function aRecord(changed: Partial<AuditRecord> = {}): AuditRecord {
  return {
    atMs: 1000,
    actor: 'Ana',
    knownBy: 'grafana',
    verb: 'plan.approved',
    subject: 'plan p1',
    reason: 'bad deploy',
    details: { version: 1, guards: ['kill_switch'], nothing: null },
    ...changed,
  };
}

function aChain(length: number): AuditEntry[] {
  const chain: AuditEntry[] = [];
  for (let index = 0; index < length; index++) chain.push(follow(chain.at(-1), aRecord({ atMs: 1000 + index })));
  return chain;
}

function stateOf(chain: readonly AuditEntry[]) {
  const verifier = new ChainVerifier();
  for (const entry of chain) verifier.next(entry);
  return verifier.state();
}

test('a chain as it was written is intact, an empty one too', () => {
  const chain = aChain(5);
  expect(stateOf(chain)).toEqual({ kind: 'intact', entries: 5, head: { sequence: 5, hash: chain[4]?.hash } });
  expect(stateOf([])).toEqual({ kind: 'intact', entries: 0, head: undefined });
});

test('what was written and read again as JSON, in whatever order of names, is the same', () => {
  const again = aChain(3).map(
    (entry) => JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(entry).reverse()))) as AuditEntry,
  );
  expect(stateOf(again).kind).toBe('intact');
});

const changes: readonly Partial<AuditEntry>[] = [
  { atMs: 1 },
  { actor: 'Leo' },
  { knownBy: 'token' },
  { verb: 'plan.rejected' },
  { subject: 'plan p2' },
  { reason: '' },
  { details: { version: 2, guards: ['kill_switch'], nothing: null } },
  { details: { version: 1, guards: ['kill_switch'] } },
  { previous: 'f'.repeat(64) },
  { hash: 'f'.repeat(64) },
];

test.each(changes)('a change of any part is found: %j', (changed) => {
  const chain = aChain(5).map((entry) => (entry.sequence === 3 ? { ...entry, ...changed } : entry));
  expect(stateOf(chain)).toMatchObject({ kind: 'broken', sequence: 3, why: 'changed' });
});

test('a missing entry, another order, a doubled one, and one that was written anew are found', () => {
  const [one, two, three, four] = aChain(4) as [AuditEntry, AuditEntry, AuditEntry, AuditEntry];
  expect(stateOf([one, three, four])).toEqual({ kind: 'broken', sequence: 3, atMs: 1002, why: 'gap' });
  expect(stateOf([two, three])).toMatchObject({ sequence: 2, why: 'gap' });
  expect(stateOf([one, two, two, three])).toMatchObject({ sequence: 2, why: 'order' });
  const forged = follow(one, aRecord({ actor: 'Mallory' }));
  expect(stateOf([one, forged, three])).toMatchObject({ sequence: 3, why: 'order' });
});

test('behind a break nothing mends it', () => {
  const verifier = new ChainVerifier();
  const [one, two, three] = aChain(3) as [AuditEntry, AuditEntry, AuditEntry];
  expect([one, { ...two, reason: 'other' }, two, three].map((entry) => verifier.next(entry))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(verifier.state()).toMatchObject({ kind: 'broken', sequence: 2 });
});

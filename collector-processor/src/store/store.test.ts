import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { annotationCases } from './testing/annotation-cases.ts';
import { anomalyCases } from './testing/anomaly-cases.ts';
import { anAnnotation, anAnomaly } from './testing/builders.ts';
import { changeCases } from './testing/change-cases.ts';
import { feedbackCases } from './testing/feedback-cases.ts';
import { incidentCases } from './testing/incident-cases.ts';
import { retentionCases } from './testing/retention-cases.ts';
import { sloCountCases } from './testing/slo-count-cases.ts';
import { sloLedgerCases } from './testing/slo-ledger-cases.ts';
import { type OpenTest, skippedKinds, storeKinds, type TestStore } from './testing/store-kinds.ts';
import { tokenCases } from './testing/token-cases.ts';

/** PGlite compiles a whole database when it starts, and takes some seconds for a storm on a busy machine. */
jest.setTimeout(120_000);

describe.each(storeKinds)('the store on $name', (kind) => {
  const opened: TestStore[] = [];
  const open: OpenTest = async (overrides) => {
    const store = await kind.open(overrides);
    opened.push(store);
    return store;
  };

  beforeAll(async () => {
    await (await kind.open()).close();
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  afterAll(() => kind.dispose());

  anomalyCases(open);
  changeCases(open);
  feedbackCases(open);
  annotationCases(open);
  tokenCases(open);
  incidentCases(open);
  sloCountCases(open);
  sloLedgerCases(open);
  retentionCases(open);

  test('knows its instance, and refuses to write once closed', async () => {
    const store = await kind.open();
    expect(store.instanceId).toMatch(/^[0-9a-f-]{36}$/);
    const late = store.anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
    await store.close();
    expect(await late).toEqual({ kind: 'stored' });
    expect(await store.anomalies.record({ kind: 'closed', anomaly: anAnomaly() })).toMatchObject({ kind: 'failed' });
    await expect(store.annotations.put(anAnnotation())).rejects.toMatchObject({ code: 'SENTINEL_STORE_FAILED' });
  });
});

for (const kind of skippedKinds) test.skip(`the store on ${kind}`, () => undefined);

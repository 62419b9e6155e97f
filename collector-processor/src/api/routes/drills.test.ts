import { afterEach, expect, test } from '@jest/globals';
import type { DrillReport } from '../../model/drill.ts';
import { aSeries, NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

let api: TestApi;
afterEach(() => api.stop());

const report: DrillReport = {
  ...{ sinceMs: NOON, size: 3, steps: 24 },
  kinds: [
    {
      ...{ kind: 'level', running: 1, found: 3, missed: 1, voided: 0, recall: 0.75, delaySteps: 1 },
      detectors: [{ detector: 'restlessness', recall: 0, delaySteps: NaN }],
    },
    { kind: 'point', running: 0, found: 0, missed: 0, voided: 2, recall: NaN, delaySteps: NaN, detectors: [] },
  ],
  missed: [
    { kind: 'silence', series: aSeries(), title: 'errors', startMs: NOON, endMs: NOON, change: NaN, peakScore: 0.4 },
  ],
};

test('what is not known is null', async () => {
  api = await startApi({ providers: { drills: () => report } });
  const response = await api.ask('/api/v1/drills', 'reader');
  expect(await response.json()).toMatchObject({
    ...{ state: 'running', size: 3, steps: 24 },
    kinds: [
      { kind: 'level', recall: 0.75, detectors: [{ detector: 'restlessness', recall: 0, delaySteps: null }] },
      { kind: 'point', recall: null, delaySteps: null },
    ],
    missed: [{ change: null, peakScore: 0.4 }],
  });
});

test('where faults are not rehearsed that is said', async () => {
  api = await startApi();
  const response = await api.ask('/api/v1/drills', 'reader');
  expect(await response.json()).toEqual({ state: 'off', kinds: [], missed: [] });
});

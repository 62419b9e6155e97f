import { expect, test } from '@jest/globals';
import { Compile } from 'typebox/compile';
import { Backend, Pipeline } from '../contract/pipeline.ts';
import { createForwarderUnderTest } from '../publish/testing/forwarder-under-test.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { createIntake } from './intake.ts';
import { pipelineView } from './pipeline-view.ts';

const stages = {
  transcode: () => ({ kind: 'malformed', reason: '' }) as const,
  decode: () => ({ kind: 'malformed', reason: '', offset: 0 }) as const,
  forward: () => Promise.resolve({ kind: 'accepted' } as const),
  isForwarded: () => true,
  score: () => false,
  isRepeat: () => false,
  settled: () => undefined,
};

test('all that a backend says of itself has a place in the API, the write-ahead log among it', async () => {
  const { forwarder } = createForwarderUnderTest({ loki: { endpoint: 'http://127.0.0.1:1' } });
  const backends = forwarder.backends();
  const intake = createIntake(stages, silentLogger, createSelfMetrics());
  const view = pipelineView({
    traffic: intake.traffic,
    lastReceivedMs: intake.lastReceivedMs(),
    bucketMs: 10_000,
    addresses: {},
    backends,
    limits: [],
    deadLetters: undefined,
    scoredItems: () => ({ scored: 0, unscored: 0 }),
  });
  await forwarder.stop();
  expect(Object.keys(Backend.properties)).toEqual(expect.arrayContaining(Object.keys(backends[0] ?? {})));
  expect(backends[0]).toHaveProperty('loggedBytes', 0);
  expect([...Compile(Pipeline).Errors({ nowMs: 1, ...view })]).toEqual([]);
});

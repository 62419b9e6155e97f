import { expect, test } from '@jest/globals';
import { loadSettings } from '../config/schema.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { createHistory, historyAddress, scoreArchiveAddress } from './history.ts';

function settingsOf(written: object) {
  const result = loadSettings(JSON.stringify(written), { env: {}, readFile: () => '' });
  if (result.kind !== 'settings') throw new Error(JSON.stringify(result));
  return result.settings;
}

const victoriametrics = { endpoint: 'http://ana:secret@vm:8428/base/' };

test('history is asked for where VictoriaMetrics is written to, with its credentials and without them in the address', () => {
  const authorization = `Basic ${Buffer.from('ana:secret').toString('base64')}`;
  const expected = { endpoint: 'http://vm:8428/base', headers: { authorization, 'x-team': 'a' } };
  const backends = { loki: { endpoint: 'http://loki:3100' }, 'victoriametrics/a': victoriametrics };
  const withHeaders = { ...backends, 'victoriametrics/a': { ...victoriametrics, headers: { 'X-Team': 'a' } } };
  expect(historyAddress(settingsOf({ forward: { backends: withHeaders } }))).toEqual(expected);
});

test('an address of its own comes first, and gets no credentials that were given for another', () => {
  const forward = { backends: { victoriametrics } };
  const score = { warm_start: { endpoint: 'select:8481/select/0/prometheus/' } };
  const expected = { endpoint: 'http://select:8481/select/0/prometheus', headers: {} };
  expect(historyAddress(settingsOf({ forward, score }))).toEqual(expected);
});

test('scores are asked for where history is, unless they have an address or nobody is to be asked', () => {
  const forward = { backends: { victoriametrics } };
  const endpointOf = (written: object) => scoreArchiveAddress(settingsOf({ forward, ...written }))?.endpoint;
  expect(endpointOf({})).toBe('http://vm:8428/base');
  expect(endpointOf({ score: { warm_start: { enabled: false } } })).toBe('http://vm:8428/base');
  expect(endpointOf({ score: { warm_start: { endpoint: 'http://select:8481/select/0/prometheus' } } })).toBe(
    'http://select:8481/select/0/prometheus',
  );
  expect(endpointOf({ feedback: { metrics_url: 'http://scores:8428/' } })).toBe('http://scores:8428');
  expect(endpointOf({ feedback: { metrics_url: 'none' } })).toBeUndefined();
});

test('nobody is asked without VictoriaMetrics, when it is switched off, or when the warm start is', () => {
  const off = { backends: { victoriametrics: { ...victoriametrics, enabled: false } } };
  const forward = { backends: { victoriametrics } };
  for (const written of [{}, { forward: off }, { forward, score: { warm_start: { enabled: false } } }]) {
    expect(createHistory(settingsOf(written), { metrics: createSelfMetrics(), logger: silentLogger })).toBeUndefined();
  }
});

import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { sentinelConfig } from './sentinel-config.ts';

const plan = {
  ports: { grpc: 4317, http: 4318, api: 8480, control: 8481 },
  servers: { grafana: '', token: '', victoriametrics: '', loki: '', tempo: '' },
  bucketMs: 1_000,
  storeFile: '/tmp/demo/sentinel.sqlite',
  injectionsFile: '/tmp/demo/injections.json',
};

test('without servers Sentinel runs by itself and forwards nothing', () => {
  const config: unknown = parse(sentinelConfig(plan));
  expect(config).toMatchObject({
    forward: { backends: {} },
    api: { endpoint: '127.0.0.1:8480', anonymous_read: true },
  });
  expect(config).not.toHaveProperty('publish');
});

test('each server becomes a backend, and the token stays out of the file', () => {
  const servers = {
    grafana: 'http://g',
    token: 'secret',
    victoriametrics: 'http://v',
    loki: 'http://l',
    tempo: 'http://t',
  };
  const text = sentinelConfig({ ...plan, servers });
  expect(text).not.toContain('secret');
  expect(parse(text)).toMatchObject({
    forward: {
      backends: {
        victoriametrics: { endpoint: 'http://v' },
        loki: { endpoint: 'http://l' },
        tempo: { endpoint: 'http://t' },
      },
    },
    publish: { grafana: { url: 'http://g', token: '${env:SENTINEL_GRAFANA_TOKEN}', new_window: '60000ms' } },
  });
});

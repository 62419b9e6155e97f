import { expect, test } from '@jest/globals';
import type { FindingPublisherOptions } from '../../publish/findings/finding-options.ts';
import type { GrafanaAnnotatorOptions } from '../../publish/grafana/annotator-options.ts';
import type { OtlpSenderOptions } from '../../publish/otlp-sender.ts';
import { createLoader } from '../load.ts';
import { publishSection, type PublishSettings } from './publish.ts';

const load = createLoader<PublishSettings>(publishSection);
const surroundings = { env: { TOKEN: 'glsa_x' }, readFile: () => '' };

test('an empty section is valid and gives every stage its options', () => {
  const result = load('', surroundings);
  if (result.kind !== 'settings') throw new Error('refused');
  // The compiler checks that the section resolves to what the stages declare.
  const publisher: FindingPublisherOptions = result.settings;
  const sender: OtlpSenderOptions = result.settings;
  const grafana: GrafanaAnnotatorOptions = result.settings.grafana;
  expect(publisher.scoreSeries.series).toEqual(['anomaly_score', 'yhat', 'yhat_lower', 'yhat_upper']);
  expect(sender).toMatchObject({ backends: {}, maxQueuedSize: 16 * 1024 ** 2, giveUpAfter: 600_000 });
  expect(grafana).toMatchObject({ url: '', maxNew: 20, newWindow: 600_000, editInterval: 30_000 });
});

test('the token may come from the environment', () => {
  const result = load('grafana: { url: "http://grafana:3000", token: "${env:TOKEN}" }', surroundings);
  expect(result).toMatchObject({ settings: { grafana: { token: 'glsa_x' } } });
});

test('a misspelt setting is refused with what was probably meant', () => {
  const result = load('grafana:\n  tokn: x\n', surroundings);
  expect(result).toMatchObject({ kind: 'invalid', problems: [{ path: 'grafana.tokn', line: 2 }] });
});

import { expect, test } from '@jest/globals';
import { Value } from 'typebox/value';
import type { FindingPublisherOptions } from '../../publish/findings/finding-options.ts';
import type { GrafanaAnnotatorOptions } from '../../publish/grafana/annotator-options.ts';
import type { OtlpSenderOptions } from '../../publish/otlp-sender.ts';
import { resolveUnits, type SettingSchema } from '../resolve.ts';
import { publishSection, type PublishSettings } from './publish.ts';

function resolved(written: object): PublishSettings {
  return resolveUnits(publishSection as SettingSchema, Value.Default(publishSection, written)) as PublishSettings;
}

test('an empty section is valid and gives every stage its options', () => {
  const settings = resolved({});
  // The compiler checks that the section resolves to what the stages declare.
  const publisher: FindingPublisherOptions = settings;
  const sender: OtlpSenderOptions = settings;
  const grafana: GrafanaAnnotatorOptions = settings.grafana;
  expect(publisher.scoreSeries.series).toEqual(['anomaly_score', 'yhat', 'yhat_lower', 'yhat_upper']);
  expect(sender).toMatchObject({ backends: {}, maxQueuedSize: 16 * 1024 ** 2, giveUpAfter: 600_000 });
  expect(grafana).toMatchObject({ url: '', maxNew: 20, newWindow: 600_000, editInterval: 30_000 });
});

test('a misspelt setting is refused', () => {
  expect(Value.Check(publishSection, Value.Default(publishSection, { grafana: { tokn: 'x' } }))).toBe(false);
});

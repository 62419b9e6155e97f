import { Value } from 'typebox/value';
import { resolveUnits } from '../../config/resolve.ts';
import { scoreSection } from '../../config/sections/score.ts';
import { type SettingSchema } from '../../runtime/yaml/setting-schema.ts';
import type { ScoreOptions } from '../options.ts';

/** What an empty configuration file gives. */
export function shippedOptions(): ScoreOptions {
  const written: unknown = Value.Default(scoreSection, {});
  return resolveUnits(scoreSection as SettingSchema, written) as ScoreOptions;
}

/** The shipped settings with small tables, and some settings changed. */
export function testOptions(changes: Partial<ScoreOptions> = {}): ScoreOptions {
  return { ...shippedOptions(), maxSeries: 2_000, maxStreams: 4_000, maxHistogramCounts: 65_536, ...changes };
}

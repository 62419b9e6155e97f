import type { Shadow } from '../../../collector-processor/src/contract/shadow.ts';
import { readApi, writeApi } from './client';
import type { TuningVersion } from './feedback';

export type { Shadow };
export type ShadowReport = NonNullable<Shadow['report']>;
export type ShadowNote = ShadowReport['notes'][number];

export function readShadow(abortSignal?: AbortSignal): Promise<Shadow> {
  return readApi<Shadow>('/shadow', {}, abortSignal);
}

/** Makes what the shadow does act live, as a new version. */
export function promoteShadow(why: string): Promise<TuningVersion> {
  return writeApi<TuningVersion>('/shadow/promote', why === '' ? {} : { why });
}

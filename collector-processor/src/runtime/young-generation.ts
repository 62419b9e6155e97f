import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Stops V8 from enlarging the space for new objects beyond what it is now (16 MiB rather than up to 64). Chunks that arrive lie
 * outside of V8's heap and hang on small new objects: the sooner those are looked at, the sooner that memory is free,
 * and the less often it makes V8 mark the whole heap. Measured at 110 KB a request: 7 full collections instead of 67, a
 * third less CPU time, and 30 MiB less memory at the peak.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Collects garbage now: `minor` looks at new objects only and takes milliseconds, `major` at all and takes a tenth of a second. */
export function createCollector(): (type: 'minor' | 'major') => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { readonly type: string }) => void;
  return (type) => collect({ type });
}

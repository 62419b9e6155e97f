import { type DecodeOptions } from '../decode/decode-options.ts';

/** Limits that no test reaches unless it says so. */
export function decodeOptions(changed: Partial<DecodeOptions> = {}): DecodeOptions {
  return {
    maxSymbols: 10_000,
    maxSymbolLength: 256,
    maxResources: 100,
    maxResourceMemory: 2 ** 20,
    maxItems: 10_000,
    maxDetails: 10_000,
    maxJsonValues: 1_000_000,
    identityAttributes: ['service.namespace', 'service.name', 'deployment.environment.name'],
    sampleRateAttribute: '',
    ...changed,
  };
}

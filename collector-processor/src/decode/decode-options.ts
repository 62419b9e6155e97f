/** What the section `decode` of the configuration resolves to, without `reading`: sizes in bytes. */
export interface DecodeOptions {
  readonly maxSymbols: number;
  readonly maxSymbolLength: number;
  readonly maxResources: number;
  readonly maxResourceMemory: number;
  readonly maxItems: number;
  readonly maxDetails: number;
  readonly maxJsonValues: number;
  readonly identityAttributes: readonly string[];
  readonly sampleRateAttribute: string;
}

import { readSloFiles, type SloFilesResult } from '../read-slo-files.ts';

/** Files named `a.yaml`, `b.yaml` and so on. */
export function readTexts(...texts: readonly string[]): SloFilesResult {
  return readSloFiles(texts.map((text, index) => ({ name: `${String.fromCharCode(97 + index)}.yaml`, text })));
}

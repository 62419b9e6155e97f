import type { CoveragePage, CoverageQuery } from '../../../collector-processor/src/contract/coverage.ts';
import { readApi } from './client';

export type { CoveragePage };

export function readCoverage(query: CoverageQuery, abortSignal?: AbortSignal): Promise<CoveragePage> {
  return readApi<CoveragePage>('/coverage', { ...query }, abortSignal);
}

import type { CoverageEntry, CoveragePage, CoverageQuery } from '../../../collector-processor/src/contract/coverage.ts';
import { readApi } from './client';

export type { CoverageEntry, CoveragePage, CoverageQuery };

export function readCoverage(query: CoverageQuery, abortSignal?: AbortSignal): Promise<CoveragePage> {
  return readApi<CoveragePage>('/coverage', { ...query }, abortSignal);
}

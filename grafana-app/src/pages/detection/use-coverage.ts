import { type CoverageEntry, type CoveragePage, readCoverage } from '../../api/coverage';
import { readStatus } from '../../api/status';
import { usePolled } from '../../app/use-polled';
import { type CoverageAddress, toQuery } from './coverage-address';

/** The API's largest page. Who looks for one series among more of them narrows the question. */
export const SERIES_AT_MOST = 500;

export interface CoverageData {
  readonly counts: CoveragePage['counts'];
  readonly entries: readonly CoverageEntry[];
  readonly total: number;
  readonly totalIsExact: boolean;
  /** Absent for those who may not read the sidecar's status. */
  readonly memoryBytes?: number;
}

export function useCoverage(address: CoverageAddress) {
  const query = toQuery(address);
  return usePolled(JSON.stringify(query), async (abortSignal): Promise<CoverageData> => {
    const [page, memory] = await Promise.all([
      readCoverage({ ...query, limit: SERIES_AT_MOST }, abortSignal),
      // A figure beside the answer: where it cannot be had, the answer stands without it.
      readStatus(abortSignal).then(
        (status) => ({ memoryBytes: status.memory.rssBytes }),
        () => ({}),
      ),
    ]);
    const { counts, items: entries, total, totalIsExact } = page;
    return { counts, entries, total, totalIsExact, ...memory };
  });
}

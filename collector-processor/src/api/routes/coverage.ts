import { CoveragePage, CoverageQuery } from '../../contract/coverage.ts';
import { describeRoute } from '../describe-route.ts';
import { DEFAULT_LIMIT, refuseCursor } from '../keyset-page.ts';
import { createMatcher } from '../listed.ts';
import { readPlace, toPlacePage } from '../place-page.ts';
import { scanPage } from '../scan-page.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const readCoverage = {
  summary: 'What is watched, what is not, and why',
  tag: 'coverage',
  query: CoverageQuery,
  answers: { 200: CoveragePage },
} as const;

export function coverageRoutes(server: ApiServer, { providers }: ApiContext): void {
  server.get('/api/v1/coverage', describeRoute(readCoverage), async (request, reply) => {
    const { cursor, limit = DEFAULT_LIMIT, ...filter } = request.query;
    const keyset = readPlace(cursor);
    if (keyset.kind === 'unreadable') return refuseCursor(reply);
    const page = await scanPage({
      from: (place) => providers.coverage(place),
      matches: createMatcher(filter),
      after: keyset.after?.value,
      limit,
    });
    return { counts: providers.coverageCounts(), ...toPlacePage(page) } satisfies CoveragePage;
  });
}

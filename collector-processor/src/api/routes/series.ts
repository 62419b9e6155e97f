import { Type } from 'typebox';
import { type SeriesEntry, SeriesHistory, SeriesHistoryQuery, SeriesPage, SeriesQuery } from '../../contract/series.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { DEFAULT_LIMIT, refuseCursor } from '../keyset-page.ts';
import { createMatcher } from '../listed.ts';
import { readPlace, toPlacePage } from '../place-page.ts';
import type { ScoreHistory, SeriesListing } from '../providers.ts';
import { scanPage } from '../scan-page.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const listSeries = {
  summary: 'Series that Sentinel knows',
  tag: 'coverage',
  query: SeriesQuery,
  answers: { 200: SeriesPage },
} as const;

const readHistory = {
  summary: 'Values, scores and expectations of a series',
  description: 'As far back as the sidecar keeps them; the published score series in the metrics store go further.',
  tag: 'coverage',
  params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
  query: SeriesHistoryQuery,
  answers: { 200: SeriesHistory },
} as const;

export function seriesRoutes(server: ApiServer, { providers }: ApiContext): void {
  server.get('/api/v1/series', describeRoute(listSeries), async (request, reply) => {
    const { cursor, limit = DEFAULT_LIMIT, signal = [], ...filter } = request.query;
    const keyset = readPlace(cursor);
    if (keyset.kind === 'unreadable') return refuseCursor(reply);
    const isListed = createMatcher(filter);
    const page = await scanPage({
      from: (place) => providers.series(place),
      matches: ({ series, title, state }) =>
        (signal.length === 0 || signal.includes(series.signal)) && isListed({ title, state, service: series.service }),
      after: keyset.after?.value,
      limit,
    });
    return { ...toPlacePage(page), items: page.items.map(toEntry) } satisfies SeriesPage;
  });

  server.get('/api/v1/series/:id/history', describeRoute(readHistory), (request, reply) => {
    const { id } = request.params;
    const { from = 0, to = Number.MAX_SAFE_INTEGER } = request.query;
    const history = providers.history(id, { fromMs: from, toMs: to });
    if (history !== undefined) return toColumns(history) satisfies SeriesHistory;
    const remedy = 'It may have been evicted; /api/v1/coverage says why.';
    return refuse(reply, { code: 'not_found', message: `There is no series ${id}.`, remedy });
  });
}

function toEntry({ series, title, state, learning, last }: SeriesListing): SeriesEntry {
  const common = { series, title, state, ...(learning === undefined ? {} : { learning }) };
  if (last === undefined) return common;
  return { ...common, lastTimeMs: last.timeMs, lastValue: last.value, lastScore: last.score };
}

function toColumns(history: ScoreHistory): SeriesHistory {
  const { series, title, stepMs, timeMs, value, score, expected, lower, upper } = history;
  return {
    series,
    title,
    stepMs,
    timeMs: Array.from(timeMs),
    value: Array.from(value),
    score: Array.from(score),
    expected: Array.from(expected),
    lower: Array.from(lower),
    upper: Array.from(upper),
  };
}

import { Type } from 'typebox';
import { Anomaly, AnomalyPage, AnomalyQuery } from '../../contract/anomaly.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { DEFAULT_LIMIT, readKeyset, refuseCursor, toPage } from '../keyset-page.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const listAnomalies = {
  summary: 'Findings, newest first unless sorted otherwise',
  tag: 'findings',
  query: AnomalyQuery,
  answers: { 200: AnomalyPage },
} as const;

const readAnomaly = {
  summary: 'One finding',
  tag: 'findings',
  params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
  answers: { 200: Anomaly },
} as const;

export function anomalyRoutes(server: ApiServer, { stores }: ApiContext): void {
  server.get('/api/v1/anomalies', describeRoute(listAnomalies), async (request, reply) => {
    const { tenant, service, signal, series, state, border, from, to, q, minScore, ...paging } = request.query;
    const { sort = '-startMs', limit = DEFAULT_LIMIT, cursor } = paging;
    const keyset = readKeyset(cursor, sort);
    if (keyset.kind === 'unreadable') return refuseCursor(reply);
    const filter = { tenant, services: service, signals: signal, seriesId: series, state, border, minScore };
    const when = { fromMs: from, toMs: to, text: q };
    const page = await stores.anomalies.list({ filter: { ...filter, ...when }, sort, limit, after: keyset.after });
    return toPage(page, sort) satisfies AnomalyPage;
  });

  server.get('/api/v1/anomalies/:id', describeRoute(readAnomaly), async (request, reply) => {
    const { id } = request.params;
    const found = await stores.anomalies.get(id);
    const message = `There is no anomaly ${id}.`;
    return found ?? refuse(reply, { code: 'not_found', message, remedy: 'It may have been removed by retention.' });
  });
}

import { Type } from 'typebox';
import { IncidentAnalytics, IncidentAnalyticsQuery, SimilarIncidents } from '../../contract/incident-analytics.ts';
import { analyseIncidents } from '../analytics/analyse-incidents.ts';
import { likeness, sharedBy, signatureOf } from '../analytics/signature.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

/** Newest incidents that are looked at; each costs reading its timeline. */
const MOST = 200;
const MOST_FINDINGS = 5_000;
const MOST_ALIKE = 10;
const ALIKE_FROM = 0.25;

const readAnalytics = {
  summary: 'Times to acknowledge and to resolve, findings per incident, noise per detector',
  tag: 'findings',
  query: IncidentAnalyticsQuery,
  answers: { 200: IncidentAnalytics },
} as const;

const readSimilar = {
  summary: 'Earlier incidents that showed the same',
  tag: 'findings',
  params: Type.Object({ id: Type.String({ maxLength: 20 }) }),
  answers: { 200: SimilarIncidents },
} as const;

/** What many incidents tell together. */
export function incidentAnalyticsRoutes(server: ApiServer, { stores, clock }: ApiContext): void {
  server.get('/api/v1/incident-analytics', describeRoute(readAnalytics), async (request) => {
    const { tenant, service, from: fromMs, to: toMs } = request.query;
    const filter = { tenant, services: service, fromMs, toMs, demoted: true };
    const page = await stores.incidents.list({ filter, limit: MOST });
    const own = page.items.filter(({ mergedInto }) => mergedInto === '');
    const timelines = await Promise.all(own.map(({ id }) => stores.incidents.events(id)));
    const findings = await stores.anomalies.list({
      filter: {
        tenant,
        services: service,
        fromMs: Math.min(...own.map(({ startMs }) => startMs), clock.nowMs()),
        toMs,
      },
      sort: '-startMs',
      limit: MOST_FINDINGS,
    });
    const known = new Map(findings.items.map((one) => [one.id, one]));
    const complete = page.next === undefined && findings.next === undefined;
    return { ...analyseIncidents({ timelines, findings: known }), complete };
  });

  server.get('/api/v1/incidents/:id/similar', describeRoute(readSimilar), async (request, reply) => {
    const { id } = request.params;
    const incident = await stores.incidents.get(id);
    if (incident === undefined) return refuse(reply, { code: 'not_found', message: `There is no incident ${id}.` });
    const own = signatureOf(await stores.incidents.events(id));
    const filter = { tenant: incident.tenant, services: incident.services, toMs: incident.startMs, demoted: true };
    const { items } = await stores.incidents.list({ filter, limit: MOST });
    const earlier = items.filter((one) => one.id !== id && one.mergedInto === '');
    const compared = await Promise.all(
      earlier.map(async (one) => {
        const signature = signatureOf(await stores.incidents.events(one.id));
        return { incident: one, similarity: likeness(own, signature), shared: [...sharedBy(own, signature)] };
      }),
    );
    const alike = compared.filter(({ similarity }) => similarity >= ALIKE_FROM);
    return { items: alike.sort((left, right) => right.similarity - left.similarity).slice(0, MOST_ALIKE) };
  });
}

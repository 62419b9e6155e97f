import { Type } from 'typebox';
import { IncidentBundle } from '../../contract/bundle.ts';
import type { CauseList } from '../../model/cause.ts';
import type { IncidentEvent } from '../../model/incident.ts';
import { version } from '../../runtime/version.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { incidentReport } from '../incident-report.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const one = { tag: 'findings', params: Type.Object({ id: Type.String({ maxLength: 20 }) }) } as const;

const readBundle = {
  ...one,
  summary: 'All of an incident, to rank its causes again elsewhere',
  description: 'What `sentinel incident export` writes and `sentinel incident explain` reads.',
  answers: { 200: IncidentBundle },
} as const;

const readReport = {
  ...one,
  summary: 'A report on an incident, as Markdown',
  answers: { 200: Type.String({ description: 'Impact, causes, what was done, and the timeline.' }) },
  mediaType: 'text/markdown',
} as const;

/** An incident as a whole, to be taken elsewhere. */
export function incidentFileRoutes(server: ApiServer, { stores, providers, clock }: ApiContext): void {
  server.get('/api/v1/incidents/:id/bundle', describeRoute(readBundle), async (request, reply) => {
    const { id } = request.params;
    const incident = await stores.incidents.get(id);
    if (incident === undefined) return refuse(reply, unknown(id));
    const timeline = await stores.incidents.events(id);
    const facts = (await stores.incidentCases.get(id)) ?? null;
    const about = {
      format: 1,
      version,
      exportedAtMs: clock.nowMs(),
      configuration: providers.incidents.configuration(),
    };
    const recording = await providers.recordingOf?.(id);
    const recorded = recording === undefined ? {} : { recording };
    return reply.send({ ...about, incident, timeline, case: facts, ...recorded, causes: lastCauses(timeline) ?? null });
  });

  server.get('/api/v1/incidents/:id/report', describeRoute(readReport), async (request, reply) => {
    const { id } = request.params;
    const incident = await stores.incidents.get(id);
    if (incident === undefined) return refuse(reply, unknown(id));
    const report = incidentReport(incident, await stores.incidents.events(id));
    return reply.type('text/markdown; charset=utf-8').send(report);
  });
}

function lastCauses(timeline: readonly IncidentEvent[]): CauseList | undefined {
  const fact = timeline.findLast((event) => event.fact.kind === 'causes')?.fact;
  return fact?.kind === 'causes' ? fact.causes : undefined;
}

function unknown(id: string) {
  return { code: 'not_found', message: `There is no incident ${id}.` } as const;
}

import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import {
  IncidentCommand,
  IncidentDetail,
  IncidentMerge,
  IncidentNote,
  IncidentPage,
  IncidentQuery,
  IncidentSplit,
  IncidentSummary,
  IncidentTask,
} from '../../contract/incident.ts';
import type { IncidentEvent, Task } from '../../model/incident.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { DEFAULT_LIMIT, readKeyset, refuseCursor, toPage } from '../keyset-page.ts';
import type { IncidentAnswer } from '../providers.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const INCIDENTS = '/api/v1/incidents';
const ORDER = '-startMs';
const one = { tag: 'findings', params: Type.Object({ id: Type.String({ maxLength: 20 }) }) } as const;
const changing = { ...one, role: 'responder', answers: { 200: IncidentSummary } } as const;

const listIncidents = {
  summary: 'Incidents, newest first',
  tag: 'findings',
  query: IncidentQuery,
  answers: { 200: IncidentPage },
} as const;

const readIncident = {
  ...one,
  summary: 'One incident with its timeline',
  description: 'The id of one that was merged leads to itself; `mergedInto` says where its anomalies are.',
  answers: { 200: IncidentDetail },
} as const;

const commandIncident = {
  ...changing,
  summary: 'Acknowledges, mitigates, closes, reopens or assigns an incident',
  description: 'Done twice it changes nothing. Closing while something fires needs a reason.',
  body: IncidentCommand,
} as const;

const noteIncident = { ...changing, summary: 'Adds a note', body: IncidentNote } as const;
const addTask = { ...changing, summary: 'Adds a task', body: IncidentTask } as const;
const changeTask = {
  ...changing,
  summary: 'Changes a task, or says that it is done',
  params: Type.Object({ id: Type.String({ maxLength: 20 }), task: Type.String({ maxLength: 64 }) }),
  body: IncidentTask,
} as const;
const mergeIncidents = { ...changing, summary: 'Brings the anomalies of others here', body: IncidentMerge } as const;
const splitIncident = {
  ...changing,
  summary: 'Makes some of its anomalies an incident of their own',
  description: 'Answers with the new one.',
  body: IncidentSplit,
} as const;

export function incidentRoutes(server: ApiServer, { stores, providers }: ApiContext): void {
  server.get(INCIDENTS, describeRoute(listIncidents), async (request, reply) => {
    const { state, severity, service, from, to, q, limit = DEFAULT_LIMIT, cursor, ...same } = request.query;
    const keyset = readKeyset(cursor, ORDER);
    if (keyset.kind === 'unreadable') return refuseCursor(reply);
    const filter = { ...same, states: state, severities: severity, services: service, fromMs: from, toMs: to, text: q };
    return toPage(await stores.incidents.list({ filter, limit, after: keyset.after }), ORDER) satisfies IncidentPage;
  });

  server.get(`${INCIDENTS}/:id`, describeRoute(readIncident), async (request, reply) => {
    const { id } = request.params;
    const incident = await stores.incidents.get(id);
    if (incident === undefined) return refuse(reply, unknown(id));
    const timeline = await stores.incidents.events(id);
    const tasks = tasksOf(timeline);
    return { incident, allowed: [...providers.incidents.allowed(incident)], timeline, tasks };
  });

  server.post(`${INCIDENTS}/:id/command`, describeRoute(commandIncident), ({ params, body, caller }, reply) =>
    answer(reply, params.id, providers.incidents.command(params.id, body, caller?.name ?? '')),
  );
  server.post(`${INCIDENTS}/:id/notes`, describeRoute(noteIncident), ({ params, body, caller }, reply) =>
    answer(reply, params.id, providers.incidents.note(params.id, body.text, caller?.name ?? '')),
  );
  server.post(`${INCIDENTS}/:id/tasks`, describeRoute(addTask), ({ params, body, caller }, reply) => {
    const task = { id: randomUUID(), text: body.text, done: body.done ?? false };
    return answer(reply, params.id, providers.incidents.task(params.id, task, caller?.name ?? ''));
  });
  server.put(`${INCIDENTS}/:id/tasks/:task`, describeRoute(changeTask), async ({ params, body, caller }, reply) => {
    const known = tasksOf(await stores.incidents.events(params.id)).some(({ id }) => id === params.task);
    if (!known) return refuse(reply, { code: 'not_found', message: `There is no task ${params.task}.` });
    const task = { id: params.task, text: body.text, done: body.done ?? false };
    return answer(reply, params.id, providers.incidents.task(params.id, task, caller?.name ?? ''));
  });
  server.post(`${INCIDENTS}/:id/merge`, describeRoute(mergeIncidents), ({ params, body, caller }, reply) =>
    answer(reply, params.id, providers.incidents.merge(params.id, body.incidents, caller?.name ?? '')),
  );
  server.post(`${INCIDENTS}/:id/split`, describeRoute(splitIncident), ({ params, body, caller }, reply) =>
    answer(reply, params.id, providers.incidents.split(params.id, body.anomalies, caller?.name ?? '')),
  );

  async function answer(reply: Parameters<typeof refuse>[0], id: string, asked: Promise<IncidentAnswer>) {
    const outcome = await asked;
    if (outcome.kind === 'done') return outcome.incident;
    if (outcome.kind === 'unknown') return refuse(reply, unknown(id));
    return refuse(reply, { code: outcome.kind === 'refused' ? 'conflict' : 'unavailable', message: outcome.why });
  }
}

function tasksOf(timeline: readonly IncidentEvent[]): Task[] {
  return [
    ...new Map(
      timeline.flatMap(({ fact }) => (fact.kind === 'task' ? [[fact.task.id, fact.task] as const] : [])),
    ).values(),
  ];
}

function unknown(id: string) {
  return {
    code: 'not_found',
    message: `There is no incident ${id}.`,
    remedy: 'It may have been removed by retention.',
  } as const;
}

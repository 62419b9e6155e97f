import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Feedback, FeedbackEdit, FeedbackPage, FeedbackPost, FeedbackQuery } from '../../contract/feedback.ts';
import type { Role } from '../../contract/token.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import type { Author, DeskAnswer, Opinion } from '../feedback-desk.ts';
import { DEFAULT_LIMIT, readKeyset, refuseCursor, toPage } from '../keyset-page.ts';
import { refuseStandby } from '../refuse-standby.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const ORDER = '-timeMs';
const tag = 'feedback';
const role = 'responder';
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const answers = { 200: Feedback } as const;

const giveFeedback = {
  summary: 'Says that a finding was expected, or that something was missed',
  description:
    'Answers with the rule that it proposes and what this would have done to the stored scores. Nothing changes until it is ' +
    'accepted. With an `id` it may be repeated.',
  tag,
  role,
  body: FeedbackPost,
  answers: { 200: Feedback, 201: Feedback },
} as const;

const listFeedback = {
  summary: 'Feedback, newest first',
  tag,
  query: FeedbackQuery,
  answers: { 200: FeedbackPage },
} as const;

const readFeedback = { summary: 'One feedback', tag, params, answers } as const;

const editRule = {
  summary: 'Puts another rule in place of the proposed one; answers with its effect',
  tag,
  role,
  params,
  answers,
  body: FeedbackEdit,
} as const;

const decide = (what: string, by: Role) =>
  ({ summary: `${what}; again is the same`, tag, role: by, params, answers }) as const;

export function feedbackRoutes(server: ApiServer, { stores, providers }: ApiContext): void {
  server.get('/api/v1/feedback', describeRoute(listFeedback), async (request, reply) => {
    const { state, series: seriesId, limit = DEFAULT_LIMIT, cursor } = request.query;
    const keyset = readKeyset(cursor, ORDER);
    if (keyset.kind === 'unreadable') return refuseCursor(reply);
    const page = await stores.feedback.list({ state, seriesId, limit, after: keyset.after });
    return toPage(page, ORDER) satisfies FeedbackPage;
  });

  server.get('/api/v1/feedback/:id', describeRoute(readFeedback), async (request, reply) => {
    const found = await stores.feedback.get(request.params.id);
    return found ?? refuse(reply, { code: 'not_found', message: `There is no feedback ${request.params.id}.` });
  });

  server.post('/api/v1/feedback', describeRoute(giveFeedback), async (request, reply) => {
    const refused = refuseStandby(reply, stores, 'not act on it');
    if (refused !== undefined) return refused;
    const opinion = opinionOf(request.body);
    if (opinion === undefined) {
      const message = 'It names neither a finding (anomaly) nor a stretch of a series (series, from, to).';
      return refuse(reply, { code: 'invalid_request', field: 'body/anomaly', message });
    }
    const answer = await providers.feedback.give(opinion, authorOf(request));
    if (answer.kind !== 'done') return refuseAnswer(reply, answer);
    return reply.code(answer.value.isNew ? 201 : 200).send(answer.value.feedback);
  });

  server.put('/api/v1/feedback/:id/rule', describeRoute(editRule), async (request, reply) => {
    const refused = refuseStandby(reply, stores, 'not act on it');
    if (refused !== undefined) return refused;
    return sendAnswer(reply, await providers.feedback.edit(request.params.id, request.body.rule, authorOf(request)));
  });

  for (const [verb, what, by] of [
    ['accept', 'Accepts: the rule acts from now on', 'operator'],
    ['reject', 'Rejects: nothing changes', 'responder'],
  ] as const) {
    server.post(`/api/v1/feedback/:id/${verb}`, describeRoute(decide(what, by)), async (request, reply) => {
      const refused = refuseStandby(reply, stores, 'not act on it');
      if (refused !== undefined) return refused;
      return sendAnswer(reply, await providers.feedback[verb](request.params.id, authorOf(request)));
    });
  }
}

export function authorOf({ caller }: FastifyRequest): Author {
  return { by: caller?.name ?? '', knownBy: caller?.knownBy ?? 'nobody' };
}

export function sendAnswer(reply: FastifyReply, answer: DeskAnswer<object>): FastifyReply {
  return answer.kind === 'done' ? reply.send(answer.value) : refuseAnswer(reply, answer);
}

const codes = { unknown: 'not_found', conflict: 'conflict', invalid: 'invalid_request' } as const;

function refuseAnswer(
  reply: FastifyReply,
  { kind, message }: Exclude<DeskAnswer<object>, { kind: 'done' }>,
): FastifyReply {
  return refuse(reply, { code: codes[kind], message });
}

function opinionOf(posted: FeedbackPost): Opinion | undefined {
  const { id = randomUUID(), verdict, anomaly, series, from, to, note = '' } = posted;
  if (anomaly !== undefined) return { id, verdict, note, about: { anomalyId: anomaly } };
  if (series === undefined || from === undefined || to === undefined || from > to) return undefined;
  return { id, verdict, note, about: { seriesId: series, fromMs: from, toMs: to } };
}

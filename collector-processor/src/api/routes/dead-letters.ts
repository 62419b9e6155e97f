import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  type DeadLetter,
  DeadLetterDetail,
  DeadLetterPage,
  DeadLetterQuery,
  DeadLetterReplay,
  DeadLetterReplayQuery,
} from '../../contract/dead-letter.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { DEFAULT_LIMIT, refuseCursor } from '../keyset-page.ts';
import { readPlace, toPlacePage } from '../place-page.ts';
import { scanPage } from '../scan-page.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const LETTERS = '/api/v1/dead-letters';
const one = { tag: 'operation', params: Type.Object({ id: Type.String({ maxLength: 64 }) }) } as const;

const listLetters = {
  summary: 'Requests that a backend will not take, newest first',
  tag: 'operation',
  query: DeadLetterQuery,
  answers: { 200: DeadLetterPage },
} as const;

const readLetter = {
  ...one,
  summary: 'One of them, with its first items',
  answers: { 200: DeadLetterDetail },
} as const;

const readBody = {
  ...one,
  summary: 'The bytes of one, as received',
  description: 'Not masked. `encoding` and `compression` of the letter say what they are.',
  role: 'admin',
  answers: { 200: Type.String({ format: 'binary', description: 'The body of the export request.' }) },
  mediaType: 'application/octet-stream',
} as const;

const replayLetter = {
  ...one,
  summary: 'Sends one to its backend again, or to another',
  query: DeadLetterReplayQuery,
  description:
    'Behind what has just arrived, joined with nothing, and never scored. Answers when the backend has; only what it ' +
    'acknowledged is removed. A crash between the two may send it twice.',
  role: 'admin',
  answers: { 200: DeadLetterReplay },
} as const;

const dropLetter = {
  ...one,
  summary: 'Gives one up for good',
  role: 'admin',
  answers: { 204: Type.Null({ description: 'Gone.' }) },
} as const;

export function deadLetterRoutes(server: ApiServer, { providers, logger }: ApiContext): void {
  server.get(LETTERS, describeRoute(listLetters), async (request, reply) => {
    const { cursor, limit = DEFAULT_LIMIT, backend, signal } = request.query;
    const keyset = readPlace(cursor);
    if (keyset.kind === 'unreadable') return refuseCursor(reply);
    const page = await scanPage<DeadLetter>({
      from: () => providers.deadLetters?.list() ?? [],
      matches: (letter) =>
        (backend === undefined || letter.backend === backend) && (signal === undefined || letter.signal === signal),
      after: keyset.after?.value,
      limit,
    });
    return toPlacePage(page) satisfies DeadLetterPage;
  });

  server.get(`${LETTERS}/:id`, describeRoute(readLetter), async (request, reply) => {
    const { id } = request.params;
    return (await providers.deadLetters?.show(id)) ?? refuseUnknown(reply, id);
  });

  server.get(`${LETTERS}/:id/body`, describeRoute(readBody), async (request, reply) => {
    const { id } = request.params;
    const body = await providers.deadLetters?.body(id);
    if (body === undefined) return refuseUnknown(reply, id);
    logger.info({ ...callerOf(request), id }, 'The bytes of a dead letter were read.');
    return reply
      .type('application/octet-stream')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="dead-letter-${id}"`)
      .send(Buffer.from(body));
  });

  server.post(`${LETTERS}/:id/replay`, describeRoute(replayLetter), async (request, reply) => {
    const { id } = request.params;
    const { to } = request.query;
    const replay = (await providers.deadLetters?.replay(id, to)) ?? { kind: 'unknown' };
    if (replay.kind === 'unknown') return refuseUnknown(reply, id);
    if (replay.kind === 'busy') return refuseBusy(reply, id);
    const { kind: outcome, reason } = replay;
    if (outcome === 'unfit') return refuse(reply, { code: 'invalid_request', message: reason ?? '', field: 'to' });
    logger.info({ ...callerOf(request), id, to, outcome }, 'A dead letter was replayed.');
    return { outcome, ...(reason === undefined ? {} : { reason }) } satisfies DeadLetterReplay;
  });

  server.delete(`${LETTERS}/:id`, describeRoute(dropLetter), async (request, reply) => {
    const { id } = request.params;
    const dropped = (await providers.deadLetters?.drop(id)) ?? 'unknown';
    if (dropped === 'unknown') return refuseUnknown(reply, id);
    if (dropped === 'busy') return refuseBusy(reply, id);
    if (dropped === 'failed') {
      return refuse(reply, {
        code: 'unavailable',
        message: 'The disk does not take it now; the letter is still there.',
      });
    }
    logger.info({ ...callerOf(request), id }, 'A dead letter was dropped.');
    return reply.code(204).send();
  });
}

function refuseUnknown(reply: FastifyReply, id: string): FastifyReply {
  return refuse(reply, { code: 'not_found', message: `There is no dead letter ${id}, or its bytes cannot be read.` });
}

function refuseBusy(reply: FastifyReply, id: string): FastifyReply {
  return refuse(reply, { code: 'conflict', message: `The dead letter ${id} is just being replayed.` });
}

function callerOf({ caller }: FastifyRequest) {
  return { by: caller?.name, knownBy: caller?.knownBy };
}

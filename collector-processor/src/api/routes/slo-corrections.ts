import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import {
  SloCorrection,
  SloCorrectionPage,
  SloCorrectionPost,
  SloCorrectionQuery,
  SloReversalPost,
} from '../../contract/slo-correction.ts';
import type { Correction } from '../../model/slo-correction.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { DEFAULT_LIMIT, readKeyset, refuseCursor, toPage } from '../keyset-page.ts';
import { refuseStandby } from '../refuse-standby.ts';
import type { ApiContext, ApiServer, Caller } from '../server-types.ts';

const CORRECTIONS = '/api/v1/slos/corrections';
const ORDER = '-fromMs';
const YEAR_MS = 366 * 86_400_000;

const listCorrections = {
  summary: 'What is taken out of error budgets, newest begin first',
  description: 'Entries that were taken back stay in the list, with who did it and why.',
  tag: 'slos',
  query: SloCorrectionQuery,
  answers: { 200: SloCorrectionPage },
} as const;

const addCorrection = {
  summary: 'Takes a range of time out of error budgets',
  description: 'With an `id` it may be repeated: it is kept once. Another correction under a known id is refused.',
  tag: 'slos',
  role: 'operator',
  body: SloCorrectionPost,
  answers: { 200: SloCorrection, 201: SloCorrection },
} as const;

const reverseCorrection = {
  summary: 'Takes a correction back',
  description: 'Done twice it changes nothing: the first reason stays.',
  tag: 'slos',
  role: 'operator',
  params: Type.Object({ id: Type.String({ maxLength: 500 }) }),
  body: SloReversalPost,
  answers: { 200: SloCorrection },
} as const;

export function sloCorrectionRoutes(server: ApiServer, { stores, providers, clock, logger }: ApiContext): void {
  server.get(CORRECTIONS, describeRoute(listCorrections), async (request, reply) => {
    const { state, from, to, limit = DEFAULT_LIMIT, cursor } = request.query;
    const keyset = readKeyset(cursor, ORDER);
    if (keyset.kind === 'unreadable') return refuseCursor(reply);
    const page = await stores.sloCorrections.list({ state, fromMs: from, toMs: to, limit, after: keyset.after });
    return toPage(page, ORDER) satisfies SloCorrectionPage;
  });

  server.post(CORRECTIONS, describeRoute(addCorrection), async (request, reply) => {
    const refused = refuseStandby(reply, stores, 'write a correction');
    if (refused !== undefined) return refused;
    const { caller, body } = request;
    const nowMs = clock.nowMs();
    const wrong = rangeFault(body, nowMs);
    if (wrong !== undefined) return refuse(reply, wrong);
    if (!providers.slos.concerns(body.scope)) return refuse(reply, nobodyThere);
    const asked = askedFor(body, caller, nowMs);
    const answer = await providers.slos.correct(asked);
    if (answer.kind !== 'done') return refuse(reply, tooMany);
    const { isNew, correction } = answer;
    if (isNew) {
      const { id, scope, reason } = correction;
      logger.info({ ...whoOf(caller), id, scope, reason }, 'A budget was corrected.');
      return reply.code(201).send(correction);
    }
    return saysTheSame(correction, asked) ? correction : refuse(reply, otherOf(correction));
  });

  server.post(`${CORRECTIONS}/:id/reverse`, describeRoute(reverseCorrection), async (request, reply) => {
    const refused = refuseStandby(reply, stores, 'take a correction back');
    if (refused !== undefined) return refused;
    const { caller, body, params } = request;
    const reversal = { author: caller?.name ?? '', reason: body.reason, atMs: clock.nowMs() };
    const answer = await providers.slos.reverse(params.id, reversal);
    if (answer.kind !== 'done') {
      const remedy = 'It may have been removed by retention.';
      return refuse(reply, { code: 'not_found', message: `There is no correction ${params.id}.`, remedy });
    }
    const { isNew, correction } = answer;
    const about = { ...whoOf(caller), id: params.id, reason: body.reason };
    if (isNew) logger.info(about, 'A correction of a budget was taken back.');
    return correction;
  });
}

const nobodyThere = {
  code: 'invalid_request',
  field: 'body/scope',
  message: 'No SLO is in this scope.',
  remedy: '/api/v1/slos lists them with their services and labels.',
} as const;

const tooMany = {
  code: 'conflict',
  message: 'There are as many corrections in force as slo.max_corrections allows.',
  remedy: 'Take old ones back, or raise the setting.',
} as const;

function rangeFault({ fromMs, toMs }: SloCorrectionPost, nowMs: number) {
  const invalid = (field: string, message: string, remedy: string) =>
    ({ code: 'invalid_request', field, message, remedy }) as const;
  if (toMs <= fromMs) return invalid('body/toMs', 'It ends before it begins.', 'Give an end after the begin.');
  if (fromMs >= nowMs - YEAR_MS && toMs <= nowMs + YEAR_MS) return undefined;
  const message = 'It lies more than a year back or ahead.';
  return invalid('body/fromMs', message, 'Give milliseconds since the epoch.');
}

function askedFor(posted: SloCorrectionPost, caller: Caller | undefined, atMs: number) {
  const { id = randomUUID(), fromMs, toMs, scope, reason } = posted;
  return { id, fromMs, toMs, scope, reason, author: caller?.name ?? '', source: 'person', atMs } as const;
}

function whoOf(caller: Caller | undefined) {
  return { by: caller?.name, knownBy: caller?.knownBy };
}

function otherOf({ id }: Correction) {
  const message = `Another correction is known as ${id}.`;
  const remedy = 'Give each correction an id of its own.';
  return { code: 'conflict', field: 'body/id', message, remedy } as const;
}

function saysTheSame(known: Correction, asked: Correction): boolean {
  const text = ({ fromMs, toMs, scope, reason }: Correction) =>
    JSON.stringify([fromMs, toMs, scope.objective, scope.service, Object.entries(scope.labels ?? {}).sort(), reason]);
  return text(known) === text(asked);
}

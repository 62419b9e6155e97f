import { randomUUID } from 'node:crypto';
import { Change, ChangePage, ChangePost, ChangeQuery } from '../../contract/change.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { DEFAULT_LIMIT, readKeyset, refuseCursor, toPage } from '../keyset-page.ts';
import { refuseStandby } from '../refuse-standby.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const ORDER = '-timeMs';

const listChanges = {
  summary: 'Deploys, configuration and flag changes, newest first',
  tag: 'findings',
  query: ChangeQuery,
  answers: { 200: ChangePage },
} as const;

const postChange = {
  summary: 'Tells of a change',
  description: 'With an `id` it may be repeated: the change is kept once. Another change under a known id is refused.',
  tag: 'findings',
  role: 'responder',
  body: ChangePost,
  answers: { 200: Change, 201: Change },
} as const;

export function changeRoutes(server: ApiServer, { stores, commands, clock, logger }: ApiContext): void {
  server.get('/api/v1/changes', describeRoute(listChanges), async (request, reply) => {
    const { tenant, service, kind, from, to, limit = DEFAULT_LIMIT, cursor } = request.query;
    const keyset = readKeyset(cursor, ORDER);
    if (keyset.kind === 'unreadable') return refuseCursor(reply);
    const filter = { tenant, services: service, kind, fromMs: from, toMs: to };
    const page = await stores.changes.list({ filter, limit, after: keyset.after });
    return toPage(page, ORDER) satisfies ChangePage;
  });

  server.post('/api/v1/changes', describeRoute(postChange), async (request, reply) => {
    const refused = refuseStandby(reply, stores, 'tell nobody of the change');
    if (refused !== undefined) return refused;
    const posted = request.body;
    const nowMs = clock.nowMs();
    const { timeMs = nowMs } = posted;
    if (!isNear(timeMs, nowMs)) {
      const message = 'body/timeMs lies more than a year back or an hour ahead.';
      const remedy = 'Give milliseconds since the epoch, or leave it out for now.';
      return refuse(reply, { code: 'invalid_request', field: 'body/timeMs', message, remedy });
    }
    const asked = toChange(posted, timeMs, request.caller?.name ?? '');
    const { isNew, change } = await stores.changes.post(asked);
    if (!isNew && !saysTheSame(change, posted)) {
      const message = `Another change is known as ${change.id}.`;
      return refuse(reply, {
        code: 'conflict',
        field: 'body/id',
        message,
        remedy: 'Give each change an id of its own.',
      });
    }
    if (isNew) {
      commands.changePosted(change);
      const { caller } = request;
      logger.info({ by: caller?.name, knownBy: caller?.knownBy, id: change.id }, 'A change was posted.');
    }
    return reply.code(isNew ? 201 : 200).send(change);
  });
}

function isNear(timeMs: number, nowMs: number): boolean {
  return timeMs >= nowMs - YEAR_MS && timeMs <= nowMs + HOUR_MS;
}

function toChange(posted: ChangePost, timeMs: number, source: string): Change {
  const { id = randomUUID(), kind, service, to, from = '', environment = '', tenant = '' } = posted;
  return { id, tenant, kind, service, environment, timeMs, from, to, source };
}

/** A sender that repeats its post without a time means the same change. */
function saysTheSame(known: Change, posted: ChangePost): boolean {
  const { from, to, kind, service, environment, tenant } = toChange(posted, known.timeMs, known.source);
  const texts = [from, to, kind, service, environment, tenant];
  const knownTexts = [known.from, known.to, known.kind, known.service, known.environment, known.tenant];
  return texts.every((text, index) => text === knownTexts[index]);
}

import { Type } from 'typebox';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const stream = {
  summary: 'Findings, changes and incidents as they happen (server-sent events)',
  description:
    'Events `anomaly` (AnomalyNotice), `change` (ChangeNotice), `incident` (IncidentNotice), `budget` (SloNotice) and `state` (StateNotice, sent first). A listener that comes ' +
    'back with Last-Event-ID gets what it missed while it is kept; otherwise `state` says `complete: false`.',
  tag: 'findings',
  answers: { 200: Type.String({ description: 'An endless stream.' }) },
  mediaType: 'text/event-stream',
} as const;

export function eventRoutes(server: ApiServer, { events }: ApiContext): void {
  // A HEAD of an endless stream would never end.
  server.get('/api/v1/events', { ...describeRoute(stream), exposeHeadRoute: false }, (request, reply) => {
    const lastEventId = request.headers['last-event-id'];
    const { raw } = reply;
    if (!events.hasRoom()) {
      return refuse(reply, { code: 'unavailable', message: 'There are as many listeners as there may be.' });
    }
    reply.hijack();
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': request.id,
    });
    events.listen(raw, typeof lastEventId === 'string' ? lastEventId : undefined);
    return undefined;
  });
}

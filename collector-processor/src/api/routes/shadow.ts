import { TuningVersion } from '../../contract/feedback.ts';
import { Promotion, Shadow } from '../../contract/shadow.ts';
import { describeRoute } from '../describe-route.ts';
import { refuseStandby } from '../refuse-standby.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';
import { authorOf, sendAnswer } from './feedback.ts';

const tag = 'feedback';

const readShadow = {
  summary: 'What a second configuration would have told beside the live one',
  description:
    'Would have raised so many, so many of them beside live findings and within incidents, and would have missed so many. ' +
    'Configured under `score.shadow`.',
  tag,
  answers: { 200: Shadow },
} as const;

const promote = {
  summary: 'Makes the settings and rules of the shadow act live, as a new version',
  description: '`POST /api/v1/tunings/rollback` takes it back.',
  tag,
  role: 'operator',
  body: Promotion,
  answers: { 200: TuningVersion },
} as const;

export function shadowRoutes(server: ApiServer, { stores, providers }: ApiContext): void {
  server.get('/api/v1/shadow', describeRoute(readShadow), () => providers.shadow.report());

  server.post('/api/v1/shadow/promote', describeRoute(promote), async (request, reply) => {
    const refused = refuseStandby(reply, stores, 'not act on it');
    if (refused !== undefined) return refused;
    return sendAnswer(reply, await providers.shadow.promote(request.body.why ?? '', authorOf(request)));
  });
}

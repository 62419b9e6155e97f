import { Type } from 'typebox';
import { RollBack, TuningVersion, TuningVersionList } from '../../contract/feedback.ts';
import { describeRoute } from '../describe-route.ts';
import { refuseStandby } from '../refuse-standby.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';
import { authorOf, sendAnswer } from './feedback.ts';

const tag = 'feedback';
const DEFAULT_LIMIT = 50;

const listVersions = {
  summary: 'Versions of the rules that came of feedback, newest first',
  tag,
  query: Type.Object(
    {
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      before: Type.Optional(Type.Integer({ minimum: 0, description: 'Versions before this one.' })),
    },
    { additionalProperties: false },
  ),
  answers: { 200: TuningVersionList },
} as const;

const rollBack = {
  summary: 'Makes the rules of an earlier version act again, as a new version',
  description: 'Version 0 is without rules, as shipped.',
  tag,
  role: 'operator',
  body: RollBack,
  answers: { 200: TuningVersion },
} as const;

export function tuningRoutes(server: ApiServer, { stores, providers }: ApiContext): void {
  server.get('/api/v1/tunings', describeRoute(listVersions), async (request): Promise<TuningVersionList> => {
    const { limit = DEFAULT_LIMIT, before } = request.query;
    return { items: await stores.tunings.list(limit, before), acting: providers.feedback.acting() };
  });

  server.post('/api/v1/tunings/rollback', describeRoute(rollBack), async (request, reply) => {
    const refused = refuseStandby(reply, stores, 'not act on it');
    if (refused !== undefined) return refused;
    const { version, why = '' } = request.body;
    return sendAnswer(reply, await providers.feedback.rollBack(version, why, authorOf(request)));
  });
}

import { Type } from 'typebox';
import { type ToldSummary, ToldSummary as Answer } from '../../contract/told-summary.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { createLanguageModel } from '../language-model/language-model.ts';
import { numberedEvidence } from '../language-model/numbered-evidence.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const tell = {
  summary: 'Has a language model tell an incident',
  description: 'Off unless `api.language_model` is set. Nothing depends on the answer, and nothing of it is kept.',
  tag: 'findings',
  role: 'responder',
  params: Type.Object({ id: Type.String({ maxLength: 20 }) }),
  answers: { 200: Answer },
} as const;

/** The evidence in other words: marked as such, each sentence with what it stands on. */
export function incidentSummaryRoutes(server: ApiServer, { options, stores, fetch, clock, metrics }: ApiContext): void {
  const model = createLanguageModel({ options: options.languageModel, fetch, clock, metrics });

  server.post('/api/v1/incidents/:id/summary', describeRoute(tell), async (request, reply) => {
    const { id } = request.params;
    if (options.languageModel.url === '') {
      const remedy = 'Set api.language_model.url to an OpenAI-compatible endpoint.';
      return refuse(reply, { code: 'unavailable', message: 'No language model is set up.', remedy });
    }
    const incident = await stores.incidents.get(id);
    if (incident === undefined) return refuse(reply, { code: 'not_found', message: `There is no incident ${id}.` });
    const answer = await model.tell(numberedEvidence(incident, await stores.incidents.events(id), clock.nowMs()));
    if (answer.kind !== 'told') {
      const code = answer.kind === 'too-often' ? 'too_many_requests' : 'unavailable';
      return refuse(reply, { code, message: answer.why });
    }
    const claims = answer.claims.map(({ text, evidence }) => ({ text, evidence: [...evidence] }));
    const about = { author: 'language-model', model: model.model, atMs: clock.nowMs() } as const;
    return reply.send({ ...about, claims, dropped: answer.dropped } satisfies ToldSummary);
  });
}

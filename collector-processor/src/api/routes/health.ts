import { Type } from 'typebox';
import { Health, Readiness } from '../../contract/health.ts';
import { describeRoute } from '../describe-route.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const ReadinessQuery = Type.Object(
  {
    duty: Type.Optional(
      Type.Literal('active', {
        description: 'Ready only as the active one of several processes: for a load balancer.',
      }),
    ),
  },
  { additionalProperties: false },
);

const metricsText = Type.String({ description: "Sentinel's own metrics, Prometheus text format 0.0.4." });

export function healthRoutes(server: ApiServer, { providers, stores, metrics }: ApiContext): void {
  const duty = (): Pick<Health, 'duty'> => (stores.duty.holder() === undefined ? {} : { duty: stores.duty.state() });
  const health = { summary: 'Whether the process answers', tag: 'operation', role: 'public' } as const;
  server.get('/healthz', describeRoute({ ...health, answers: { 200: Health } }), (): Health => ({
    status: 'ok',
    ...duty(),
  }));

  const readiness = {
    summary: 'Whether telemetry may be sent here',
    tag: 'operation',
    role: 'public',
    query: ReadinessQuery,
    answers: { 200: Readiness, 503: Readiness },
  } as const;
  server.get('/readyz', describeRoute(readiness), (request, reply) => {
    const isWrongDuty = request.query.duty === 'active' && stores.duty.state() !== 'active';
    const problem = stores.problem();
    const reasons = [
      ...providers.readiness(),
      ...(isWrongDuty ? ['This process is not the active one.'] : []),
      ...(problem === undefined ? [] : [`The store does not take writes: ${problem}`]),
    ];
    const answer: Readiness = {
      ready: reasons.length === 0,
      reasons,
      troubles: [...providers.troubles()],
      ...duty(),
    };
    return reply.code(answer.ready ? 200 : 503).send(answer);
  });

  const measured = {
    summary: "Sentinel's own metrics",
    tag: 'operation',
    role: 'public',
    answers: { 200: metricsText },
    mediaType: 'text/plain',
  } as const;
  server.get('/metrics', describeRoute(measured), (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.render()),
  );
}

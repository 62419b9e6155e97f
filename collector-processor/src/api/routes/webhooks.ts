import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { WebhookQuery, WebhookReceipt } from '../../contract/webhook.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { refuseStandby } from '../refuse-standby.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';
import { AlertmanagerWebhook, readAlerts } from '../webhooks/alertmanager.ts';
import { ArgocdWebhook, readArgocd } from '../webhooks/argocd.ts';
import { GithubWebhook, readGithub } from '../webhooks/github.ts';
import type { Given, Told } from '../webhooks/told.ts';

type Asked = Pick<FastifyRequest, 'caller'> & { readonly query: Static<typeof WebhookQuery> };

const describe = <Body extends TSchema>(name: string, body: Body) =>
  describeRoute({
    summary: `Webhook of ${name}`,
    description:
      'Alerts join the incident of their service, or open one; deployments are changes. Told twice it is taken once. Senders that ' +
      'cannot set a bearer token give it as the password of basic authentication.',
    tag: 'findings',
    role: 'responder',
    query: WebhookQuery,
    body,
    answers: { 202: WebhookReceipt },
  });

/** What others know: alerts and deployments, in the forms in which they send them. */
export function webhookRoutes(server: ApiServer, context: ApiContext): void {
  const { stores, commands, clock, metrics, options } = context;
  const large = { bodyLimit: options.maxWebhookSize };
  const taken = (kind: string) =>
    metrics.counter({
      name: 'sentinel_webhook_items_total',
      help: 'What webhooks told: alerts and changes that were taken, and what told nothing.',
      labels: { kind },
    });
  const counts = { alert: taken('alert'), change: taken('change'), ignored: taken('ignored') };

  async function take({ query, caller }: Asked, reply: FastifyReply, read: (given: Given) => Told) {
    const refused = refuseStandby(reply, stores, 'tell nobody of it');
    if (refused !== undefined) return refused;
    const { tenant = '', service = '', environment = '' } = query;
    const { alerts, changes, ignored } = read({ service, environment, nowMs: clock.nowMs() });
    const problems = await Promise.all(alerts.map((alert) => commands.alertPosted(alert, tenant)));
    const why = problems.find((problem) => problem !== '');
    // Senders of alerts come again with all of them; what was taken is not taken twice.
    if (why !== undefined) return refuse(reply, { code: 'unavailable', message: why });
    let fresh = 0;
    for (const told of changes) {
      const { isNew, change } = await stores.changes.post({ ...told, tenant, source: caller?.name ?? '' });
      if (!isNew) continue;
      fresh += 1;
      commands.changePosted(change);
    }
    counts.alert.add(alerts.length);
    counts.change.add(fresh);
    counts.ignored.add(ignored.length);
    return reply.code(202).send({ alerts: alerts.length, changes: fresh, ignored } satisfies WebhookReceipt);
  }

  server.post(
    '/api/v1/webhooks/alertmanager',
    { ...describe('Alertmanager', AlertmanagerWebhook), ...large },
    (request, reply) => take(request, reply, (given) => readAlerts(request.body, given)),
  );
  server.post(
    '/api/v1/webhooks/grafana',
    { ...describe("Grafana's contact points", AlertmanagerWebhook), ...large },
    (request, reply) => take(request, reply, (given) => readAlerts(request.body, given)),
  );
  server.post('/api/v1/webhooks/github', { ...describe('GitHub', GithubWebhook), ...large }, (request, reply) =>
    take(request, reply, (given) => readGithub(request.body, given)),
  );
  server.post(
    '/api/v1/webhooks/argocd',
    { ...describe("Argo CD's notifications", ArgocdWebhook), ...large },
    (request, reply) => take(request, reply, (given) => readArgocd(request.body, given)),
  );
}

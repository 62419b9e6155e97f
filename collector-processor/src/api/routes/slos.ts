import { Type } from 'typebox';
import { Slo, SloList, SloQuery } from '../../contract/slo.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const listSlos = {
  summary: 'Objectives, and what is left of their error budgets',
  description: 'Configured under `slo.files`.',
  tag: 'slos',
  query: SloQuery,
  answers: { 200: SloList },
} as const;

const readSlo = {
  summary: 'One objective and its error budget',
  tag: 'slos',
  params: Type.Object({ id: Type.String({ maxLength: 500 }) }),
  answers: { 200: Slo },
} as const;

export function sloRoutes(server: ApiServer, { providers }: ApiContext): void {
  server.get('/api/v1/slos', describeRoute(listSlos), ({ query }): SloList => {
    const items = providers.slos.list().filter((slo) => isAsked(slo, query));
    return { items: items.toSorted(leastFirst), total: items.length };
  });

  server.get('/api/v1/slos/:id', describeRoute(readSlo), (request, reply) => {
    const { id } = request.params;
    const slo = providers.slos.list().find((one) => one.id === id);
    if (slo !== undefined) return slo;
    const remedy = '/api/v1/slos lists those that are configured.';
    return refuse(reply, { code: 'not_found', message: `There is no SLO ${id}.`, remedy });
  });
}

function isAsked(
  { displayName, service, status }: Slo,
  { q = '', service: services, status: statuses }: SloQuery,
): boolean {
  return (
    `${displayName} ${service}`.toLowerCase().includes(q.toLowerCase()) &&
    (services?.includes(service) ?? true) &&
    (statuses?.includes(status) ?? true)
  );
}

/** A budget that nobody can tell is the worst one. */
function leastFirst(a: Slo, b: Slo): number {
  return (a.left ?? -Infinity) - (b.left ?? -Infinity) || a.id.localeCompare(b.id);
}

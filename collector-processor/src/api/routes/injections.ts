import { InjectionList } from '../../contract/injection.ts';
import { describeRoute } from '../describe-route.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const listInjections = {
  summary: 'Faults that the demo shop injected, and what was found of them',
  tag: 'findings',
  answers: { 200: InjectionList },
} as const;

export function injectionRoutes(server: ApiServer, { providers }: ApiContext): void {
  server.get('/api/v1/injections', describeRoute(listInjections), (): InjectionList => {
    return { items: providers.injections?.() ?? [] };
  });
}

import { Status } from '../../contract/health.ts';
import { version } from '../../runtime/version.ts';
import { describeRoute } from '../describe-route.ts';
import type { ApiContext, ApiServer, ApiStores } from '../server-types.ts';

const readStatus = {
  summary: 'Version, instance and what is watched',
  description: 'What a test of the connection shows. `role` is the role of the token.',
  tag: 'operation',
  answers: { 200: Status },
} as const;

export function statusRoutes(server: ApiServer, { stores, providers, clock, startedAtMs }: ApiContext): void {
  server.get('/api/v1/status', describeRoute(readStatus), async (request): Promise<Status> => {
    const anomalies = await stores.anomalies.counts();
    return {
      product: 'sentinel',
      version,
      apiVersion: 1,
      instance: stores.instanceId,
      startedAtMs,
      nowMs: clock.nowMs(),
      role: request.caller?.tokenRole ?? 'reader',
      ...dutyOf(stores.duty),
      coverage: providers.coverageCounts(),
      anomalies,
      memory: { rssBytes: process.memoryUsage.rss() },
    };
  });
}

function dutyOf(duty: ApiStores['duty']): Pick<Status, 'duty'> {
  const holder = duty.holder();
  return holder === undefined ? {} : { duty: { state: duty.state(), holder } };
}

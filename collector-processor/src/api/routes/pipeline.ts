import { Pipeline } from '../../contract/pipeline.ts';
import { describeRoute } from '../describe-route.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const readPipeline = {
  summary: 'Receivers, backends and counters',
  tag: 'operation',
  answers: { 200: Pipeline },
} as const;

export function pipelineRoutes(server: ApiServer, { providers, clock }: ApiContext): void {
  server.get('/api/v1/pipeline', describeRoute(readPipeline), (): Pipeline => {
    return { nowMs: clock.nowMs(), ...providers.pipeline() };
  });
}

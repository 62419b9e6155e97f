import { Drills } from '../../contract/drill.ts';
import { describeRoute } from '../describe-route.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const readDrills = {
  summary: 'Recall and delay of small faults in copies of live series, by kind and detector',
  description: 'Configured under `score.drills`. Nothing of them is published, stored or told.',
  tag: 'coverage',
  answers: { 200: Drills },
} as const;

export function drillRoutes(server: ApiServer, { providers }: ApiContext): void {
  server.get('/api/v1/drills', describeRoute(readDrills), () => {
    const report = providers.drills();
    const answer = report === undefined ? { state: 'off', kinds: [], missed: [] } : { state: 'running', ...report };
    return answer;
  });
}

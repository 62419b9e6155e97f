import type { ApiContext, ApiServer } from '../server-types.ts';
import { anomalyRoutes } from './anomalies.ts';
import { changeRoutes } from './changes.ts';
import { coverageRoutes } from './coverage.ts';
import { eventRoutes } from './events.ts';
import { healthRoutes } from './health.ts';
import { injectionRoutes } from './injections.ts';
import { pipelineRoutes } from './pipeline.ts';
import { reloadRoutes } from './reload.ts';
import { seriesRoutes } from './series.ts';
import { statusRoutes } from './status.ts';
import { tokenRoutes } from './tokens.ts';

/** Every route but the status page and the OpenAPI document. A new noun is a file and a line here. */
export const routes: readonly ((server: ApiServer, context: ApiContext) => void)[] = [
  healthRoutes,
  statusRoutes,
  anomalyRoutes,
  seriesRoutes,
  coverageRoutes,
  pipelineRoutes,
  changeRoutes,
  injectionRoutes,
  eventRoutes,
  tokenRoutes,
  reloadRoutes,
];

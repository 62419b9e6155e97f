import { fastifySwagger } from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { componentSchemas } from '../named-schemas.ts';
import { openapiOptions } from '../openapi.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';
import { anomalyRoutes } from './anomalies.ts';
import { changeRoutes } from './changes.ts';
import { coverageRoutes } from './coverage.ts';
import { deadLetterRoutes } from './dead-letters.ts';
import { documentRoutes } from './document.ts';
import { drillRoutes } from './drills.ts';
import { eventRoutes } from './events.ts';
import { feedbackRoutes } from './feedback.ts';
import { forecastRoutes } from './forecasts.ts';
import { graphRoutes } from './graph.ts';
import { healthRoutes } from './health.ts';
import { incidentAnalyticsRoutes } from './incident-analytics.ts';
import { incidentFileRoutes } from './incident-files.ts';
import { incidentSummaryRoutes } from './incident-summary.ts';
import { incidentRoutes } from './incidents.ts';
import { injectionRoutes } from './injections.ts';
import { pageRoutes } from './page.ts';
import { pipelineRoutes } from './pipeline.ts';
import { reloadRoutes } from './reload.ts';
import { seriesRoutes } from './series.ts';
import { shadowRoutes } from './shadow.ts';
import { sloAccountRoutes } from './slo-accounts.ts';
import { sloCorrectionRoutes } from './slo-corrections.ts';
import { sloRoutes } from './slos.ts';
import { statusRoutes } from './status.ts';
import { tokenRoutes } from './tokens.ts';
import { tuningRoutes } from './tunings.ts';
import { webhookRoutes } from './webhooks.ts';
import { windowChangeRoutes } from './window-changes.ts';

/** A new noun is a file and a line here. */
const routes: readonly ((server: ApiServer, context: ApiContext) => void)[] = [
  pageRoutes,
  healthRoutes,
  documentRoutes,
  statusRoutes,
  anomalyRoutes,
  feedbackRoutes,
  tuningRoutes,
  shadowRoutes,
  drillRoutes,
  incidentRoutes,
  incidentFileRoutes,
  incidentAnalyticsRoutes,
  incidentSummaryRoutes,
  windowChangeRoutes,
  seriesRoutes,
  coverageRoutes,
  forecastRoutes,
  sloRoutes,
  sloCorrectionRoutes,
  sloAccountRoutes,
  graphRoutes,
  pipelineRoutes,
  deadLetterRoutes,
  changeRoutes,
  webhookRoutes,
  injectionRoutes,
  eventRoutes,
  tokenRoutes,
  reloadRoutes,
];

/** Adds every route, and the document that is drawn from them. */
export async function addRoutes(server: ApiServer, context: ApiContext): Promise<void> {
  for (const schema of componentSchemas()) server.addSchema(schema);
  await server.register(fastifySwagger, openapiOptions);
  // The document sees only what is registered after it.
  await server.register((scope, _options, done) => {
    for (const add of routes) add(scope.withTypeProvider<TypeBoxTypeProvider>(), context);
    done();
  });
}

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fastify } from 'fastify';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { type ApiDocument, renderApiDocs } from './api-docs.ts';
import { addRoutes } from './routes/routes.ts';
import type { ApiContext } from './server-types.ts';

/** The API reference as Markdown, drawn from the routes. */
export async function apiDocs(): Promise<string> {
  const server = fastify().withTypeProvider<TypeBoxTypeProvider>();
  // Only the descriptions of the routes are read: none is called.
  const options = { maxWebhookSize: 1, languageModel: { url: '' } };
  await addRoutes(server, { stores: {}, options, metrics: createSelfMetrics() } as ApiContext);
  await server.ready();
  const document = JSON.parse(JSON.stringify(server.swagger())) as ApiDocument;
  await server.close();
  return renderApiDocs(document);
}

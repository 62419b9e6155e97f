/** Writes docs/api.md from the routes: node collector-processor/src/api/write-api-docs.ts */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fastify } from 'fastify';
import { type ApiDocument, renderApiDocs } from './api-docs.ts';
import { addRoutes } from './routes/routes.ts';
import type { ApiContext } from './server-types.ts';

export const apiDocsPath = join(import.meta.dirname, '../../../docs/api.md');

export async function apiDocs(): Promise<string> {
  const server = fastify().withTypeProvider<TypeBoxTypeProvider>();
  // Only the descriptions of the routes are read: none is called.
  await addRoutes(server, { stores: {} } as ApiContext);
  await server.ready();
  const document = JSON.parse(JSON.stringify(server.swagger())) as ApiDocument;
  await server.close();
  return renderApiDocs(document);
}

if (import.meta.main) writeFileSync(apiDocsPath, await apiDocs());

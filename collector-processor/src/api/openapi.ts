import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { version } from '../runtime/version.ts';

/** The document is drawn from the routes' schemas; components keep the contract's names. */
export const openapiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Sentinel API',
      version,
      description:
        'Read side and control of the Sentinel sidecar. Times are milliseconds since the epoch, errors have one shape, lists ' +
        'are walked by cursor. Answers to reads carry a weak ETag: send it as If-None-Match, 304 means unchanged.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token made by `sentinel tokens create`.' },
      },
    },
  },
  refResolver: { buildLocalReference: ({ $id }) => (typeof $id === 'string' ? $id : '') },
};

import { randomUUID } from 'node:crypto';
import { fastifyEtag } from '@fastify/etag';
import { fastifyRateLimit } from '@fastify/rate-limit';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fastify } from 'fastify';
import { createAuthorize } from './authorize.ts';
import { compressLarge } from './compression.ts';
import { refuse } from './error-reply.ts';
import { createIdentify } from './grafana/identify.ts';
import { createHttpServer } from './http-server.ts';
import { createErrorHandler } from './on-error.ts';
import { createRequestMetrics } from './request-metrics.ts';
import { addRoutes } from './routes/routes.ts';
import type { ApiContext, ApiServer } from './server-types.ts';

const safetyHeaders = {
  'cache-control': 'private, no-cache',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The whole server, ready to listen. Order of the hooks: path (below Fastify), token and role, validation, route, tag, gzip. */
export async function buildServer(context: ApiContext): Promise<ApiServer> {
  const { options, stores, fetch, clock, logger, metrics } = context;
  const server: ApiServer = fastify({
    serverFactory: (handler) => createHttpServer(handler, options, metrics),
    bodyLimit: options.maxBodySize,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    logger: false,
    // Faults of the caller are told to the caller: unknown fields are refused, not dropped.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  // The schemas of answers document; JSON.stringify is faster, and turns NaN into the null that the contract promises.
  server.setSerializerCompiler(() => (data) => JSON.stringify(data));
  server.setErrorHandler(createErrorHandler(logger));
  server.setNotFoundHandler((request, reply) => {
    const message = `There is nothing at ${request.method} ${request.url.split('?', 1)[0] ?? ''}.`;
    return refuse(reply, { code: 'not_found', message, remedy: 'See /api/v1/openapi.json.' });
  });

  await server.register(fastifyRateLimit, { global: false });
  const limit = server.createRateLimit({ max: options.failedTokensPerMinute, timeWindow: '1 minute' });
  const { anonymousRead, grafana } = options;
  const authorize = createAuthorize({
    tokens: stores.tokens,
    proxyTokens: grafana.tokens,
    identify: createIdentify({ options: grafana, fetch, clock, logger, metrics }),
    anonymousRead,
    metrics,
    async countFailure(request) {
      const counted = await limit(request);
      return !counted.isAllowed && counted.isExceeded ? counted.ttlInSeconds : 0;
    },
  });

  server.decorateRequest('caller', undefined);
  server.addHook('onRoute', ({ url, config }) => {
    if (config?.role === undefined) throw new Error(`The route ${url} does not say who may call it.`);
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...safetyHeaders, 'x-request-id': request.id });
    return authorize(request, reply);
  });
  await server.register(fastifyEtag, { weak: true });
  server.addHook('onSend', compressLarge);
  server.addHook('onResponse', createRequestMetrics(metrics));
  await addRoutes(server, context);
  await server.ready();
  return server;
}

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { codeOf, messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import { type Refusal, refuse } from './error-reply.ts';
import { explainValidation } from './explain-validation.ts';

/** Turns whatever was thrown into an answer. Only what nobody expected is an `internal` error, and only that is logged as one. */
export function createErrorHandler(logger: Logger) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refusal = explain(error);
    if (refusal.code === 'internal' || refusal.code === 'unavailable') {
      const fields = {
        requestId: request.id,
        route: request.routeOptions.url,
        error: messageOf(error),
        stack: error.stack,
      };
      logger.error(fields, 'A request to the API failed.');
    }
    return refuse(reply, refusal);
  };
}

function explain(error: FastifyError): Refusal {
  if (error.validation !== undefined) return explainValidation(error);
  const code = codeOf(error);
  if (code === 'SENTINEL_STORE_BUSY' || code === 'SENTINEL_STORE_FAILED') {
    return { code: 'unavailable', message: 'The store does not answer.', remedy: 'Try again; /readyz says more.' };
  }
  const status = error.statusCode ?? 500;
  if (status === 413)
    return {
      code: 'too_large',
      message: 'The body is larger than api.max_body_size allows (of a webhook: api.max_webhook_size).',
    };
  // What Fastify itself refuses: broken JSON, a wrong content type, an impossible URL.
  if (status < 500) return { code: 'invalid_request', message: `${messageOf(error).replace(/\.$/, '')}.` };
  return { code: 'internal', message: 'This is a bug. The log of the sidecar has more under the request id.' };
}

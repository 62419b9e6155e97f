import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode, ErrorReply } from '../contract/error.ts';

/** An expected refusal. */
export interface Refusal {
  readonly code: ErrorCode;
  /** A sentence. */
  readonly message: string;
  readonly field?: string | undefined;
  readonly remedy?: string | undefined;
}

const errorStatuses: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  refused_path: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  invalid_configuration: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
};

/**
 * Grafana's plugin proxy repeats a request that is answered 401, so that behind it a refused identity is 403 (with the same
 * code in the body). It is known by headers that only it, or somebody who gains nothing by it, sets.
 */
export function isProxied({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['x-grafana-id'] !== undefined || headers['x-sentinel-scope'] !== undefined;
}

export function errorBody({ code, message, field, remedy }: Refusal, requestId: string): ErrorReply {
  const optional = { ...(field === undefined ? {} : { field }), ...(remedy === undefined ? {} : { remedy }) };
  return { error: { code, message, ...optional, requestId } };
}

export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { request } = reply;
  const isHidden401 = refusal.code === 'unauthenticated' && isProxied(request);
  const status = isHidden401 ? 403 : errorStatuses[refusal.code];
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="sentinel"');
  if (status === 503) reply.header('retry-after', '1');
  return reply.code(status).send(errorBody(refusal, request.id));
}

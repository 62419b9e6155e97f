import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SelfMetrics } from '../runtime/self-metrics.ts';

export const apiRequests = { name: 'sentinel_api_requests_total', help: 'Requests to the API.' };
const SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5];

/** `onResponse` hook. The route is its pattern, never the path that was asked for. */
export function createRequestMetrics(metrics: SelfMetrics) {
  const seconds = metrics.histogram(
    { name: 'sentinel_api_request_seconds', help: 'Time from the request to the end of its answer.' },
    SECONDS,
  );
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: `${String(Math.floor(reply.statusCode / 100))}xx`,
    };
    metrics.counter({ ...apiRequests, labels }).add(1);
    seconds.observe(reply.elapsedTime / 1_000);
    done();
  };
}

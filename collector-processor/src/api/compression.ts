import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Below this the packet count hardly changes. Grafana's proxy does not compress, so large answers are compressed here. */
const WORTH_IT_BYTES = 8_192;

const compress = promisify(gzip);

/** `onSend` hook, after the one that makes the entity tag: tags are weak, both forms of an answer share one. */
export async function compressLarge(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== 'string' || Buffer.byteLength(payload) <= WORTH_IT_BYTES) return payload;
  reply.header('vary', 'accept-encoding');
  if (!acceptsGzip(request.headers['accept-encoding'] ?? '')) return payload;
  reply.header('content-encoding', 'gzip').removeHeader('content-length');
  return compress(payload);
}

function acceptsGzip(acceptEncoding: string): boolean {
  return /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))?[^,;]*(?:,|$)/i.test(acceptEncoding);
}

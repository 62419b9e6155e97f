import { Type } from 'typebox';
import { describeRoute } from '../describe-route.ts';
import type { ApiServer } from '../server-types.ts';

const readDocument = {
  summary: 'This document',
  tag: 'operation',
  role: 'public',
  answers: { 200: Type.Object({}, { description: 'OpenAPI 3.1.' }) },
} as const;

export function documentRoutes(server: ApiServer): void {
  let text: string | undefined;
  server.get('/api/v1/openapi.json', describeRoute(readDocument), (_request, reply) => {
    text ??= JSON.stringify(server.swagger());
    return reply.type('application/json; charset=utf-8').send(text);
  });
}

import { Type } from 'typebox';
import { describeRoute } from '../describe-route.ts';
import type { ApiServer } from '../server-types.ts';
import { statusPage } from '../status-page/status-page.ts';

const readPage = {
  summary: 'The status page',
  tag: 'operation',
  role: 'public',
  answers: {
    200: Type.String({ description: 'One HTML page; it reads this API and asks for a token when one is needed.' }),
  },
  mediaType: 'text/html',
} as const;

export function pageRoutes(server: ApiServer): void {
  const { html, contentSecurityPolicy } = statusPage();
  server.get('/', describeRoute(readPage), (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', contentSecurityPolicy).send(html),
  );
}

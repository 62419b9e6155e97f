import { Type } from 'typebox';
import { CreatedToken, TokenList, TokenPost } from '../../contract/token.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const listTokens = {
  summary: 'Tokens of this API, without their secrets',
  tag: 'tokens',
  role: 'admin',
  answers: { 200: TokenList },
} as const;

const createToken = {
  summary: 'Makes a token',
  description: 'The secret is in the answer and nowhere else.',
  tag: 'tokens',
  role: 'admin',
  body: TokenPost,
  answers: { 201: CreatedToken },
} as const;

const revokeToken = {
  summary: 'Revokes a token at once and for good',
  tag: 'tokens',
  role: 'admin',
  params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
  answers: { 204: Type.Null({ description: 'Revoked.' }) },
} as const;

export function tokenRoutes(server: ApiServer, { stores: { tokens }, clock, logger }: ApiContext): void {
  server.get('/api/v1/tokens', describeRoute(listTokens), async (): Promise<TokenList> => {
    return { items: await tokens.list() };
  });

  server.post('/api/v1/tokens', describeRoute(createToken), async (request, reply) => {
    const { expiresAtMs = Infinity } = request.body;
    if (expiresAtMs <= clock.nowMs()) {
      const message = 'body/expiresAtMs has passed already.';
      return refuse(reply, { code: 'invalid_request', field: 'body/expiresAtMs', message });
    }
    const created = await tokens.create(request.body);
    if (created === undefined) {
      const message = 'There are as many tokens as there may be.';
      return refuse(reply, {
        code: 'conflict',
        message,
        remedy: 'Revoked tokens are removed after store.retention.tokens.',
      });
    }
    const { id, name, role } = created.token;
    logger.info({ by: request.caller?.name, knownBy: request.caller?.knownBy, id, name, role }, 'A token was made.');
    return reply
      .code(201)
      .header('cache-control', 'no-store')
      .send(created satisfies CreatedToken);
  });

  server.delete('/api/v1/tokens/:id', describeRoute(revokeToken), async (request, reply) => {
    const { id } = request.params;
    if (!(await tokens.revoke(id))) return refuse(reply, { code: 'not_found', message: `There is no token ${id}.` });
    logger.info({ by: request.caller?.name, knownBy: request.caller?.knownBy, id }, 'A token was revoked.');
    return reply.code(204).send();
  });
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role, Token } from '../contract/token.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { TokenStore } from '../store/token-store.ts';
import { refuse } from './error-reply.ts';
import { lowerRole, mayActAs, roleOfScope } from './roles.ts';
import type { Caller } from './server-types.ts';

/** Answers how many seconds to wait once too many wrong tokens came from one address, otherwise 0. */
type CountFailure = (request: FastifyRequest) => Promise<number>;

interface AuthorizeOptions {
  readonly tokens: Pick<TokenStore, 'authenticate'>;
  readonly anonymousRead: boolean;
  readonly countFailure: CountFailure;
  readonly metrics: SelfMetrics;
}

const anonymous: Caller = { name: 'anonymous', role: 'reader', tokenRole: 'reader' };

/**
 * The check before every route: a valid token first, then what it may do. A request that came through Grafana's plugin proxy
 * carries the scope of the proxy's route in a fixed header, which lowers the token's role. Headers never raise a role:
 * whoever reaches the port can forge them.
 */
export function createAuthorize({ tokens, anonymousRead, countFailure, metrics }: AuthorizeOptions) {
  const help = 'Requests with a wrong, revoked or expired token.';
  const failures = metrics.counter({ name: 'sentinel_api_failed_tokens_total', help });

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const needed = request.routeOptions.config.role;
    if (needed === 'public') return undefined;
    const secret = bearerOf(request.headers.authorization);
    if (secret === undefined && anonymousRead) request.caller = anonymous;
    else {
      const token = secret === undefined ? undefined : await tokens.authenticate(secret);
      if (token === undefined) return refuseToken(request, reply, secret !== undefined);
      request.caller = callerOf(token, request.headers['x-sentinel-scope']);
    }
    const { caller } = request;
    if (caller === undefined) {
      return refuse(reply, { code: 'forbidden', message: 'The header X-Sentinel-Scope names no scope that is known.' });
    }
    // An unknown path has no role: whoever may read is told that it is not there.
    if (!mayActAs(caller.role, needed ?? 'reader')) return refuseRole(reply, caller, needed ?? 'reader');
    return undefined;
  };

  async function refuseToken(request: FastifyRequest, reply: FastifyReply, given: boolean): Promise<FastifyReply> {
    const remedy = 'Send "Authorization: Bearer <token>"; `sentinel tokens create` makes one.';
    if (!given) return refuse(reply, { code: 'unauthenticated', message: 'A token is needed.', remedy });
    failures.add(1);
    const waitSeconds = await countFailure(request);
    if (waitSeconds > 0) {
      reply.header('retry-after', String(waitSeconds));
      return refuse(reply, { code: 'too_many_requests', message: 'Too many wrong tokens came from this address.' });
    }
    return refuse(reply, { code: 'unauthenticated', message: 'The token is wrong, revoked or expired.', remedy });
  }
}

function refuseRole(reply: FastifyReply, { name, role }: Caller, needed: Role): FastifyReply {
  const message = `This needs the role ${needed}; ${name} has the role ${role} here.`;
  return refuse(reply, { code: 'forbidden', message });
}

function bearerOf(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : (/^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '');
}

function callerOf({ name, role }: Token, scope: string | string[] | undefined): Caller | undefined {
  if (scope === undefined) return { name, role, tokenRole: role };
  const allowed = roleOfScope(String(scope));
  return allowed === undefined ? undefined : { name, role: lowerRole(role, allowed), tokenRole: role };
}

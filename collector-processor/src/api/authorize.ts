import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role, Token } from '../contract/token.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { TokenStore } from '../store/token-store.ts';
import { isProxied, refuse } from './error-reply.ts';
import type { Identify } from './grafana/identify.ts';
import { lowerRole, mayActAs, roleOfScope } from './roles.ts';
import type { Caller } from './server-types.ts';

/** Answers how many seconds to wait once too many wrong tokens came from one address, otherwise 0. */
type CountFailure = (request: FastifyRequest) => Promise<number>;

interface AuthorizeOptions {
  readonly tokens: Pick<TokenStore, 'authenticate'>;
  /** Names of the tokens that only Grafana's proxy uses. */
  readonly proxyTokens: readonly string[];
  readonly identify: Identify;
  readonly anonymousRead: boolean;
  readonly countFailure: CountFailure;
  readonly metrics: SelfMetrics;
}

const anonymous: Caller = { name: 'anonymous', knownBy: 'nobody', role: 'reader', tokenRole: 'reader' };

/**
 * The check before every route: a valid token first, then what it may do. Wrong ones are counted by address, but an address
 * is often many callers (a proxy, a gateway, Grafana's own), so a valid token passes however many wrong ones came from it;
 * what a wrong one costs is bounded by its look-up, and by the number of connections. Behind Grafana's plugin proxy that is the least of
 * three: the token's role, the scope that the proxy's route says in its fixed header, and the role of the person in the signed
 * id token; without a person it is to read. No header raises a role: whoever reaches the port can forge them, and a caller of
 * Grafana can strip those that its proxy adds. So a token that only the proxy uses counts as the proxy whatever else comes along.
 */
export function createAuthorize(options: AuthorizeOptions) {
  const { tokens, proxyTokens, identify, anonymousRead, countFailure, metrics } = options;
  const help = 'Requests with a wrong, revoked or expired token.';
  const failures = metrics.counter({ name: 'sentinel_api_failed_tokens_total', help });

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const needed = request.routeOptions.config.role;
    if (needed === 'public') return undefined;
    const secret = secretOf(request);
    if (secret === undefined && anonymousRead) request.caller = anonymous;
    else {
      const token = secret === undefined ? undefined : await tokens.authenticate(secret);
      if (token === undefined) return refuseToken(request, reply, secret !== undefined);
      request.caller = await callerOf(token, request);
    }
    const { caller } = request;
    if (caller === undefined) {
      const message = 'The header X-Sentinel-Scope is missing or names no scope that is known.';
      const remedy = 'Behind Grafana the route of the app sets it. Use another token for requests of your own.';
      return refuse(reply, { code: 'forbidden', message, remedy });
    }
    // An unknown path has no role: whoever may read is told that it is not there.
    if (!mayActAs(caller.role, needed ?? 'reader')) return refuseRole(reply, caller, needed ?? 'reader');
    return undefined;
  };

  /** Undefined without a scope that is known. */
  async function callerOf({ name, role: tokenRole }: Token, request: FastifyRequest): Promise<Caller | undefined> {
    if (!isProxied(request) && !proxyTokens.includes(name)) {
      return { name, knownBy: 'token', role: tokenRole, tokenRole };
    }
    const scope = roleOfScope(String(request.headers['x-sentinel-scope'] ?? ''));
    if (scope === undefined) return undefined;
    const role = lowerRole(tokenRole, scope);
    // Reading does not depend on who it is, and so not on whether Grafana's keys can be had.
    if (role === 'reader') return { name, knownBy: 'token', role, tokenRole };
    const person = await identify(request.headers);
    if (person.kind === 'unknown') {
      return { name, knownBy: 'nobody', role: 'reader', tokenRole, remedy: person.remedy };
    }
    return { name: person.name, knownBy: person.by, role: lowerRole(role, person.role), tokenRole };
  }

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

function refuseRole(reply: FastifyReply, { name, role, remedy }: Caller, needed: Role): FastifyReply {
  const message = `This needs the role ${needed}; ${name} has the role ${role} here.`;
  return refuse(reply, { code: 'forbidden', message, remedy });
}

/** Where only senders come that can set no other header: everywhere else a browser would send a password along by itself. */
const BASIC_BELOW = '/api/v1/webhooks/';

function secretOf({ headers: { authorization }, routeOptions }: FastifyRequest): string | undefined {
  if (authorization === undefined) return undefined;
  const basic = /^basic +(\S+) *$/i.exec(authorization)?.[1];
  if (basic !== undefined && routeOptions.url?.startsWith(BASIC_BELOW) === true) {
    return Buffer.from(basic, 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '');
  }
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '';
}

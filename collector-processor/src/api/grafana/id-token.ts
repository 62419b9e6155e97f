import { verify, type KeyObject } from 'node:crypto';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';

/**
 * Grafana's id token: a JSON Web Token (RFC 7519) signed with ES256 (RFC 7518, 3.4), the one algorithm that is accepted here,
 * so that no token can choose a weaker one. Grafana makes one for each user, service account and anonymous visitor, good for
 * ten minutes; claims beside the registered ones are Grafana's.
 */
const Claims = Type.Object({
  sub: Type.String({ minLength: 1 }),
  aud: Type.Union([Type.String(), Type.Array(Type.String())]),
  exp: Type.Number(),
  iat: Type.Optional(Type.Number()),
  nbf: Type.Optional(Type.Number()),
  role: Type.Optional(Type.String()),
  username: Type.Optional(Type.String()),
});
export type IdClaims = Static<typeof Claims>;

const claimsSchema = Compile(Claims);
const headerSchema = Compile(Type.Object({ alg: Type.Literal('ES256'), kid: Type.String({ minLength: 1 }) }));

export type IdTokenFault = 'malformed' | 'unknown_key' | 'signature' | 'expired' | 'early' | 'organisation';

export type ReadIdToken =
  { readonly kind: 'verified'; readonly claims: IdClaims } | { readonly kind: 'refused'; readonly fault: IdTokenFault };

export interface IdTokenRules {
  readonly keyOf: (kid: string) => Promise<KeyObject | undefined>;
  readonly nowMs: number;
  /** How far the two clocks may differ. */
  readonly leewayMs: number;
  readonly orgIds: readonly number[];
}

/** Signature first: nothing that a token says is looked at before it is known who said it. */
export async function readIdToken(token: string, rules: IdTokenRules): Promise<ReadIdToken> {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  const header = decode(head);
  if (rest.length > 0 || !headerSchema.Check(header)) return refused('malformed');
  const key = await rules.keyOf(header.kid);
  if (key === undefined) return refused('unknown_key');
  const signed = Buffer.from(`${head}.${body}`);
  // The signature is the two numbers beside each other (RFC 7518), not wrapped in DER.
  const isSigned = verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  if (!isSigned) return refused('signature');
  const claims = decode(body);
  if (!claimsSchema.Check(claims)) return refused('malformed');
  const fault = faultOf(claims, rules);
  return fault === undefined ? { kind: 'verified', claims } : refused(fault);
}

function faultOf(
  { exp, nbf, iat, aud }: IdClaims,
  { nowMs, leewayMs, orgIds }: IdTokenRules,
): IdTokenFault | undefined {
  if (exp * 1000 + leewayMs <= nowMs) return 'expired';
  if (Math.max(nbf ?? 0, iat ?? 0) * 1000 > nowMs + leewayMs) return 'early';
  const allowed = orgIds.map((id) => `org:${String(id)}`);
  return [aud].flat().some((audience) => allowed.includes(audience)) ? undefined : 'organisation';
}

function refused(fault: IdTokenFault): ReadIdToken {
  return { kind: 'refused', fault };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
